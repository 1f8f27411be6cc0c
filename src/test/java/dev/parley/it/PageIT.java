package dev.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import dev.parley.it.stage.CorpusFile;
import dev.parley.it.stage.CutProxy;
import dev.parley.it.stage.Deployments;
import dev.parley.it.stage.TestBrowser;
import dev.parley.it.stage.Voice;
import dev.parley.testkit.AudioComparison;
import dev.parley.testkit.ScriptedLiveServer;
import dev.parley.testkit.ScriptedSession;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page in a real browser, whose microphone plays a voice of the corpus; the test is Gemini. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class PageIT {
    /**
     * Measured: 0.98 to 0.99 for each second, PCM and Opus alike. What is missing is mostly the fraction of a sample by
     * which the browser's clock is off; another voice, or a gap in this one, stays below 0.5.
     */
    private static final double SAME_VOICE = 0.95;

    private static final int LONG_STORY_SECONDS = 100;

    private static final int MOST_RETAKES = 2;

    /** An Opus encoder keeps its look-ahead, 6.5 ms, when it is stopped; a word is longer than this. */
    private static final int LOST_AT_MOST = AudioComparison.RATE / 100;

    private static final int MICROPHONE_RATE = 48_000;
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final ScriptedLiveServer UPSTREAM =
            ScriptedLiveServer.start().script(ScriptedLiveServer.LISTEN);

    /** Made by the first test, on its thread. */
    private static @Nullable TestBrowser browsers;

    /** What the browser complained about; nothing, if all is well. */
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    @ArquillianResource
    private URL url;

    private short[] voice = {};
    private Path microphone = SCREENSHOTS;

    @Deployment(testable = false)
    static WebArchive parley() {
        // Pages that a test closes count as lost, and keep their slots for a minute.
        return Deployments.talkingTo(UPSTREAM.address(), Map.of("parley.limits.sessions-per-key", "50"));
    }

    @AfterAll
    static void close() {
        UPSTREAM.close();
        TestBrowser started = browsers;
        if (started != null) {
            started.close();
        }
    }

    private static TestBrowser browsers() {
        TestBrowser started = browsers;
        if (started == null) {
            started = new TestBrowser();
            browsers = started;
        }
        return started;
    }

    @BeforeEach
    void record_the_microphone() throws IOException {
        voice = CorpusFile.read("chrome-128k.webm").reference();
        short[] wide = Voice.at(MICROPHONE_RATE, voice);
        // The microphone plays from when it is opened, which is before the conversation is ready: silence first.
        short[] padded = new short[wide.length + 4 * MICROPHONE_RATE];
        System.arraycopy(wide, 0, padded, 2 * MICROPHONE_RATE, wide.length);
        microphone = Files.createDirectories(Path.of("target", "it")).resolve("microphone.wav");
        Files.write(microphone, Voice.wav(MICROPHONE_RATE, padded));
    }

    @AfterEach
    void the_browser_had_nothing_to_complain_about() {
        assertEquals(List.of(), complaints);
    }

    @Test
    void a_voice_is_heard_shown_and_answered_aloud_with_pcm() {
        assertVoiceArrives("pcm");
    }

    @Test
    void a_voice_is_heard_shown_and_answered_aloud_with_webm() {
        assertVoiceArrives("webm");
    }

    @Test
    void a_voice_is_heard_shown_and_answered_aloud_with_webm_of_low_bandwidth() {
        assertVoiceArrives("webm-32k");
    }

    @Test
    void a_connection_that_is_cut_while_someone_speaks_comes_back_and_costs_no_word() {
        try (Browser browser = browsers().launch(microphone);
                CutProxy network = new CutProxy(url.getPort());
                Page page = open(
                        browser,
                        new Browser.NewContextOptions(),
                        URI.create("http://127.0.0.1:" + network.port() + "/"))) {
            choose(page, "pcm");
            page.locator("#talk").click();
            ScriptedSession upstream = UPSTREAM.nextSession();
            upstream.awaitAudioBytes(2 * 3 * AudioComparison.RATE);
            upstream.sendInputTranscript("How do you ");
            page.getByText("How do you").waitFor();
            int sessions = UPSTREAM.sessions().size();
            network.cut();
            upstream.sendInputTranscript("do?");
            page.getByText("do?").waitFor();
            upstream.awaitAudioBytes(2 * (voice.length + 3 * AudioComparison.RATE));
            assertHeard(AudioComparison.samples(upstream.audio()));
            assertEquals(sessions, UPSTREAM.sessions().size(), "the same upstream all the time");
            upstream.sendOutputTranscript("Very well.");
            upstream.sendAudio(Voice.tone(1));
            awaitSound(page);
        }
    }

    private void assertVoiceArrives(String format) {
        try (Browser browser = browsers().launch(microphone);
                Page page = open(browser, new Browser.NewContextOptions())) {
            choose(page, format);
            page.locator("#talk").click();
            ScriptedSession upstream = UPSTREAM.nextSession();
            // Two seconds of silence before the voice and two after it; its end must have come.
            upstream.awaitAudioBytes(2 * (voice.length + 3 * AudioComparison.RATE));
            assertHeard(AudioComparison.samples(upstream.audio()));

            upstream.sendInputTranscript("How do you ");
            upstream.sendInputTranscript("do?");
            upstream.sendOutputTranscript("Very well.");
            upstream.sendAudio(Voice.tone(2));
            upstream.sendTurnComplete();
            PlaywrightAssertions.assertThat(page.locator("#entries .person")).containsText("How do you do?");
            PlaywrightAssertions.assertThat(page.locator("#entries")).containsText("Very well.");
            awaitSound(page);
            PlaywrightAssertions.assertThat(page.locator("#simulator")).isHidden();

            page.locator("#stop").click();
            upstream.awaitEnd();
        }
    }

    /**
     * Second by second, because a browser that gets too little processor time loses a moment of its microphone, and
     * what follows is shifted: that is its affair. Seconds must come in their order, and most of them whole.
     */
    private void assertHeard(short[] audio) {
        List<AudioComparison> seconds = new ArrayList<>();
        for (int from = 0; from + AudioComparison.RATE <= voice.length; from += AudioComparison.RATE) {
            short[] second = Arrays.copyOfRange(voice, from, from + AudioComparison.RATE);
            if (Voice.loudness(second) > Voice.loudness(voice) / 2) {
                seconds.add(AudioComparison.of(audio, second));
            }
        }
        List<AudioComparison> whole = seconds.stream()
                .filter(second -> second.correlation() >= SAME_VOICE)
                .toList();
        assertTrue(whole.size() >= seconds.size() * 3 / 4, () -> "of these seconds too few are whole: " + seconds);
        for (int i = 1; i < whole.size(); i++) {
            assertTrue(whole.get(i).lagSamples() > whole.get(i - 1).lagSamples(), () -> "out of order: " + whole);
        }
    }

    @Test
    void interrupted_means_silence_at_once() {
        try (Browser browser = browsers().launch(microphone);
                Page page = open(browser, new Browser.NewContextOptions())) {
            page.locator("#talk").click();
            ScriptedSession upstream = UPSTREAM.nextSession();
            upstream.awaitAudioBytes(1280);
            upstream.sendOutputTranscript("A very long story");
            // Longer than any wait of this test: only the interruption can end it.
            for (int i = 0; i < LONG_STORY_SECONDS; i++) {
                upstream.sendAudio(Voice.tone(1));
            }
            awaitSound(page);
            upstream.sendInterrupted();
            TestBrowser.await(page, "() => parleyProbe.loudness() < 0.0001");
            PlaywrightAssertions.assertThat(page.locator("#entries .mark")).containsText("You cut in");
        }
    }

    @Test
    void stop_loses_no_last_word_with_pcm() {
        assertLastWordsArrive("pcm");
    }

    @Test
    void stop_loses_no_last_word_with_webm() {
        assertLastWordsArrive("webm");
    }

    /**
     * A starved machine tears holes into the browser's fake microphone, which nobody can fill afterwards: a recording
     * with holes is taken anew. What the page loses at Stop it loses every time.
     */
    private void assertLastWordsArrive(String format) {
        AudioComparison found = lastWordsUpstream(format);
        for (int retake = 0; retake < MOST_RETAKES && found.correlation() < SAME_VOICE; retake++) {
            found = lastWordsUpstream(format);
        }
        assertTrue(found.correlation() >= SAME_VOICE, found::toString);
    }

    private AudioComparison lastWordsUpstream(String format) {
        try (Browser browser = browsers().launch(microphone);
                Page page = open(browser, new Browser.NewContextOptions())) {
            choose(page, format);
            page.locator("#talk").click();
            ScriptedSession upstream = UPSTREAM.nextSession();
            // Well into the sentence.
            upstream.awaitAudioBytes(2 * 5 * AudioComparison.RATE);
            short[] lastWords = samples(page.evaluate("() => parleyProbe.lastWordsAndStop()"));
            upstream.awaitEnd();
            assertTrue(
                    Voice.loudness(lastWords) > 300, "nothing was said when Stop was pressed: the test proves nothing");
            short[] all = AudioComparison.samples(upstream.audio());
            AudioComparison found = AudioComparison.of(all, lastWords);
            if (found.correlation() >= SAME_VOICE) {
                assertTrue(
                        found.lagSamples() + lastWords.length <= all.length + LOST_AT_MOST,
                        () -> "the last " + (found.lagSamples() + lastWords.length - all.length)
                                + " samples are missing");
            }
            return found;
        }
    }

    @Test
    void a_text_is_sent_and_answered_without_a_microphone() {
        try (Browser browser = browsers().launch(microphone);
                Page page = open(browser, new Browser.NewContextOptions())) {
            page.locator("#text").fill("What time is it?");
            page.locator("#send").click();
            ScriptedSession upstream = UPSTREAM.nextSession();
            upstream.awaitMessage(message -> message.text().contains("What time is it?"));
            upstream.sendOutputTranscript("Time for tea.");
            upstream.sendTurnComplete();
            PlaywrightAssertions.assertThat(page.locator("#entries")).containsText("What time is it?");
            PlaywrightAssertions.assertThat(page.locator("#entries")).containsText("Time for tea.");
        }
    }

    @Test
    void the_page_fits_wide_narrow_and_dark_screens() {
        try (Browser browser = browsers().launch(microphone)) {
            photograph(browser, "wide", new Browser.NewContextOptions().setViewportSize(1280, 800));
            photograph(browser, "phone", new Browser.NewContextOptions().setViewportSize(360, 740));
            photograph(
                    browser,
                    "dark",
                    new Browser.NewContextOptions().setViewportSize(1280, 800).setColorScheme(ColorScheme.DARK));
        }
    }

    private void photograph(Browser browser, String name, Browser.NewContextOptions options) {
        try (Page page = open(browser, options)) {
            page.locator("#talk").click();
            ScriptedSession upstream = UPSTREAM.nextSession();
            upstream.awaitAudioBytes(1280);
            upstream.sendInputTranscript("Could you tell me when the last train to Basel leaves tonight?");
            upstream.sendOutputTranscript("The last train leaves at eight minutes to midnight, ");
            upstream.sendOutputTranscript("and it is on time.");
            upstream.sendAudio(Voice.tone(1));
            PlaywrightAssertions.assertThat(page.locator("#entries")).containsText("it is on time.");
            awaitSound(page);
            page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
            Object overflow = page.evaluate("() => document.documentElement.scrollWidth - innerWidth");
            assertEquals("0", String.valueOf(overflow), name + " scrolls sideways");
        }
    }

    private Page open(Browser browser, Browser.NewContextOptions options) {
        return open(browser, options, Deployments.address(url));
    }

    private Page open(Browser browser, Browser.NewContextOptions options, URI address) {
        BrowserContext context = browser.newContext(options);
        context.addInitScript(TestBrowser.probe());
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.navigate(address.toString());
        return page;
    }

    private static void choose(Page page, String format) {
        page.locator("#open-settings").click();
        page.locator("input[name=format][value=" + format + "]").check();
        page.locator("#settings button[type=submit]").click();
    }

    private static void awaitSound(Page page) {
        TestBrowser.await(page, "() => parleyProbe.loudness() > 0.01");
    }

    private static short[] samples(Object numbers) {
        List<?> list = (List<?>) numbers;
        short[] samples = new short[list.size()];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = ((Number) list.get(i)).shortValue();
        }
        return samples;
    }
}
