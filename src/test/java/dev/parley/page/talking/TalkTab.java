package dev.parley.page.talking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import dev.parley.it.stage.TestBrowser;
import dev.parley.it.stage.Voice;
import dev.parley.page.PageFiles;
import dev.parley.testkit.RealThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A browser with a silent microphone and Chromium's own test picture as its camera; {@code parleyServer} is the server. */
final class TalkTab implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final String OFFER =
            "{\"live\":[{\"name\":\"gemini-3.8-live\",\"title\":\"Gemini 3.8 Live\"}],\"batch\":[],\"conversation\":{"
                    + "\"voices\":[\"Kore\",\"Puck\"],\"languages\":[\"de-DE\"],\"systemInstruction\":false,\"search\":\"asked\"}}";

    private static final int MICROPHONE_RATE = 48_000;

    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final RealThreads threads = new RealThreads();
    private @Nullable HttpServer files;
    private @Nullable TestBrowser browsers;
    private @Nullable Browser browser;
    private @Nullable Page page;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads.executor());
        server.createContext("/", PageFiles::serve);
        server.createContext(
                "/api/models",
                exchange -> PageFiles.send(exchange, "application/json", OFFER.getBytes(StandardCharsets.UTF_8)));
        server.start();
        files = server;
        TestBrowser made = new TestBrowser();
        browsers = made;
        Path silence = Files.createDirectories(Path.of("target", "it")).resolve("silence.wav");
        browser = made.launch(Files.write(silence, Voice.wav(MICROPHONE_RATE, new short[MICROPHONE_RATE])));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        complaints.clear();
        renew(new Browser.NewContextOptions());
    }

    /** The browser had nothing to complain about. */
    @Override
    public void afterEach(ExtensionContext context) {
        leave();
        assertEquals(List.of(), complaints);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (browser != null) {
            browser.close();
        }
        if (browsers != null) {
            browsers.close();
        }
        if (files != null) {
            files.stop(0);
        }
        threads.close();
    }

    /** Another page that remembers nothing. */
    void renew(Browser.NewContextOptions options) {
        leave();
        BrowserContext context = Objects.requireNonNull(browser).newContext(options);
        context.addInitScript(TestBrowser.probe());
        context.addInitScript(script("fake-server.js"));
        context.addInitScript(script("quantum-probe.js"));
        Page opened = context.newPage();
        opened.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.text());
            }
        });
        opened.onPageError(complaints::add);
        opened.navigate(
                "http://127.0.0.1:" + Objects.requireNonNull(files).getAddress().getPort() + "/");
        page = opened;
    }

    private void leave() {
        if (page != null) {
            page.context().close();
            page = null;
        }
    }

    private static String script(String name) {
        try {
            return Files.readString(Path.of("src/test/resources/it", name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of what the browser complained about with these words there has been something, and it was to be so. */
    void forgive(String words) {
        assertTrue(complaints.removeIf(complaint -> complaint.contains(words)), () -> "no complaint about " + words);
    }

    Page page() {
        return Objects.requireNonNull(page);
    }

    /** Starts talking and lets the server be ready. */
    void talk(String ready) {
        page().locator("#talk").click();
        page().waitForFunction("() => parleyServer.of('start').length > 0");
        page().evaluate("() => parleyServer.ready(" + ready + ")");
    }

    /** The server says something. */
    void tell(String message) {
        page().evaluate("() => parleyServer.tell(" + message + ")");
    }

    void photograph(String name) {
        page().screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
        Object overflow = page().evaluate("() => document.documentElement.scrollWidth - innerWidth");
        assertEquals("0", String.valueOf(overflow), name + " scrolls sideways");
    }
}
