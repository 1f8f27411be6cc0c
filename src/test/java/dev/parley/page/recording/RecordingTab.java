package dev.parley.page.recording;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.FilePayload;
import dev.parley.it.stage.CorpusFile;
import dev.parley.it.stage.TestBrowser;
import dev.parley.it.stage.Voice;
import java.io.IOException;
import java.io.UncheckedIOException;
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

/** A browser whose microphone plays a voice of the corpus, and in it the recording tab before a desk of its own. */
final class RecordingTab implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    /** What the microphone plays, 16 kHz, after two seconds of silence. */
    static final CorpusFile VOICE = CorpusFile.read("chrome-128k.webm");

    static final int MICROPHONE_RATE = 48_000;
    private static final double PATIENCE_MILLIS = 120_000;

    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private @Nullable TestBrowser browsers;
    private @Nullable Browser browser;
    private @Nullable RecordingDesk desk;
    private @Nullable Page page;

    /** On the thread that uses it, as Playwright wants it. */
    @Override
    public void beforeAll(ExtensionContext context) {
        TestBrowser made = new TestBrowser();
        browsers = made;
        browser = made.launch(microphone());
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
    }

    private static Path microphone() {
        short[] wide = Voice.at(MICROPHONE_RATE, VOICE.reference());
        // The microphone plays from when it is opened, which is before it is recorded: silence first.
        short[] padded = new short[wide.length + 4 * MICROPHONE_RATE];
        System.arraycopy(wide, 0, padded, 2 * MICROPHONE_RATE, wide.length);
        try {
            Path file = Files.createDirectories(Path.of("target", "it")).resolve("recording-microphone.wav");
            return Files.write(file, Voice.wav(MICROPHONE_RATE, padded));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Begins anew: another page that remembers nothing, before another desk. */
    void renew(Browser.NewContextOptions options) {
        leave();
        desk = RecordingDesk.start();
        page = open(options);
    }

    private void leave() {
        if (page != null) {
            page.context().close();
            page = null;
        }
        if (desk != null) {
            desk.close();
            desk = null;
        }
    }

    private Page open(Browser.NewContextOptions options) {
        BrowserContext context = Objects.requireNonNull(browser).newContext(options);
        context.addInitScript(TestBrowser.probe());
        Page opened = context.newPage();
        opened.onConsoleMessage(message -> {
            // A refusal that the test has scripted is noted by the browser, too.
            boolean scripted = message.text().startsWith("Failed to load resource");
            if (!scripted && (message.type().equals("error") || message.type().equals("warning"))) {
                complaints.add(message.text());
            }
        });
        opened.onPageError(complaints::add);
        opened.navigate(desk().tab().toString());
        return opened;
    }

    RecordingDesk desk() {
        return Objects.requireNonNull(desk);
    }

    Page page() {
        return Objects.requireNonNull(page);
    }

    /** Picks a file of the corpus and waits until it is drawn. */
    void pick(String name) {
        choose(name);
        assertThat(page().locator("#clip-name")).hasText(name);
        awaitDrawn();
    }

    /** Picks a file of the corpus. */
    void choose(String name) {
        page().locator("#file").setInputFiles(new FilePayload(name, "audio/webm", CorpusFile.resource(name)));
    }

    /** Waits until the recording at hand has an outline. */
    void awaitDrawn() {
        page().waitForFunction("() => !document.querySelector('.drawing')"
                + " && document.querySelector('#waveform .played').getAttribute('d').length > 1000");
    }

    /** Records for at least so many seconds, less than a minute. */
    void record(int seconds) {
        page().locator("#record").click();
        page().waitForFunction(
                        "least => /^0:\\d\\d$/.test(document.getElementById('recording-title').textContent)"
                                + " && Number(document.getElementById('recording-title').textContent.slice(2)) >= least",
                        seconds,
                        new Page.WaitForFunctionOptions().setTimeout(PATIENCE_MILLIS));
        page().locator("#record").click();
        assertThat(page().locator("#clip-name")).hasText("Your recording");
    }

    static LocatorAssertions.HasTextOptions patiently() {
        return new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE_MILLIS);
    }
}
