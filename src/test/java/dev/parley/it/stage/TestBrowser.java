package dev.parley.it.stage;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.impl.driver.Driver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Chromium with a recording as its microphone. Taken from {@code PARLEY_CHROMIUM}, from where systems install it, or
 * from Playwright, in this order.
 */
public final class TestBrowser implements AutoCloseable {
    private static final String HINT =
            "The page is tested in Chromium, and none was found here. Install it with: sudo apt-get install -y chromium"
                    + " (or set PARLEY_CHROMIUM to the path of a Chromium or Chrome)";
    private static final long DOWNLOAD_MINUTES = 5;

    private final Playwright playwright;
    private final Optional<Path> installed = installed();

    /** Makes ready what launches browsers; the thread that makes it must be the one that uses it. */
    public TestBrowser() {
        if (installed.isEmpty()) {
            download();
        }
        // Playwright would fetch three browsers by itself.
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    }

    /** Launches one whose microphone plays this WAV once, from the moment it is opened. */
    public Browser launch(Path wav) {
        BrowserType.LaunchOptions options = new BrowserType.LaunchOptions()
                .setHeadless(true)
                .setArgs(List.of(
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--autoplay-policy=no-user-gesture-required",
                        "--use-fake-ui-for-media-stream",
                        "--use-fake-device-for-media-stream",
                        "--use-file-for-fake-audio-capture=" + wav.toAbsolutePath() + "%noloop"));
        installed.ifPresent(options::setExecutablePath);
        return playwright.chromium().launch(options);
    }

    /**
     * Waits until a function holds in the page. Not Playwright's {@code waitForFunction}: that evaluates text within the page,
     * which the content security policy of a deployed one forbids.
     */
    public static void await(Page page, String function) {
        Eventually.holds(function, () -> Boolean.TRUE.equals(page.evaluate(function)));
    }

    private static Optional<Path> installed() {
        String configured = System.getenv("PARLEY_CHROMIUM");
        if (configured != null && !configured.isBlank()) {
            if (!Files.isExecutable(Path.of(configured))) {
                throw new AssertionError("PARLEY_CHROMIUM names no program: " + configured);
            }
            return Optional.of(Path.of(configured));
        }
        return Stream.of(
                        "/usr/bin/chromium",
                        "/usr/bin/chromium-browser",
                        "/usr/bin/google-chrome",
                        "/Applications/Chromium.app/Contents/MacOS/Chromium",
                        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static void download() {
        try {
            Driver driver = Driver.ensureDriverInstalled(Map.of(), false);
            ProcessBuilder install = driver.createProcessBuilder();
            install.command().addAll(List.of("install", "chromium"));
            Process process = install.inheritIO().start();
            if (!process.waitFor(DOWNLOAD_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new AssertionError(HINT);
            }
        } catch (IOException | RuntimeException e) {
            throw new AssertionError(HINT, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(HINT, e);
        }
    }

    /** Installs in the page what the tests measure with: the script {@code /it/page-probe.js} of the class path. */
    public static String probe() {
        try (var in = TestBrowser.class.getResourceAsStream("/it/page-probe.js")) {
            return new String(
                    Objects.requireNonNull(in, "page-probe.js").readAllBytes(),
                    java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        playwright.close();
    }
}
