package dev.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.parley.it.stage.Deployments;
import dev.parley.it.stage.TestBrowser;
import dev.parley.it.stage.Voice;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From the camera of a real browser through the server to the simulator, which says what it saw; and its other modes. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class ShowingIT {
    private static final int MICROPHONE_RATE = 48_000;
    private static final double PATIENCE_MILLIS = 60_000;

    private final List<String> complaints = new CopyOnWriteArrayList<>();

    @ArquillianResource
    private URL url;

    @Deployment(testable = false)
    static WebArchive parley() {
        return Deployments.simulated(Map.of());
    }

    @AfterEach
    void the_browser_had_nothing_to_complain_about() {
        assertEquals(List.of(), complaints);
    }

    private interface Step {
        void on(Page page);
    }

    private void onPage(short[] voice, Step step) throws IOException {
        Path microphone = Files.createDirectories(Path.of("target", "it")).resolve("showing.wav");
        Files.write(microphone, Voice.wav(MICROPHONE_RATE, voice));
        try (TestBrowser browsers = new TestBrowser();
                Browser browser = browsers.launch(microphone);
                Page page = browser.newPage()) {
            page.onConsoleMessage(message -> {
                if (message.type().equals("error") || message.type().equals("warning")) {
                    complaints.add(message.text());
                }
            });
            page.onPageError(complaints::add);
            page.navigate(Deployments.address(url).toString());
            step.on(page);
        }
    }

    private static void type(Page page, String text) {
        page.locator("#text").fill(text);
        page.locator("#send").click();
    }

    private static void see(Locator where, Pattern what) {
        PlaywrightAssertions.assertThat(where)
                .containsText(what, new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MILLIS));
    }

    private static void settle(Page page, String checked) {
        page.locator("#open-settings").click();
        page.locator(checked).check();
        page.locator("#settings button[type=submit]").click();
    }

    @Test
    void the_simulator_saw_the_pictures_of_the_camera() throws IOException {
        onPage(new short[MICROPHONE_RATE], page -> {
            type(page, "Hello");
            see(page.locator("#entries .model"), Pattern.compile("you wrote"));
            page.locator("#open-sights").click();
            page.locator("#sight-list button").first().click();
            see(page.locator("#showing-count"), Pattern.compile("[3-9] pictures sent"));
            type(page, "What do you see?");
            see(
                    page.locator("#entries .model").last(),
                    Pattern.compile("I was shown [2-9] pictures, the last one of 768 × 4\\d\\d pixels, \\d+ KB\\."));
        });
    }

    @Test
    void answers_can_be_read_only_and_show_the_pages_they_stand_on() throws IOException {
        onPage(new short[MICROPHONE_RATE], page -> {
            settle(page, "input[name=answers][value=text]");
            settle(page, "input[name=search]");
            type(page, "search the weather in Basel");
            see(page.locator("#entries .model"), Pattern.compile("search the weather"));
            Locator link = page.locator("#entries .sources a");
            PlaywrightAssertions.assertThat(link).hasAttribute("href", "https://example.org/");
            PlaywrightAssertions.assertThat(link).hasAttribute("rel", "noopener noreferrer");
            Locator suggestion = page.frameLocator("#entries .suggestions").locator("a");
            PlaywrightAssertions.assertThat(suggestion).hasText("the weather in Basel");
            PlaywrightAssertions.assertThat(suggestion).hasAttribute("rel", "noopener noreferrer");
            see(page.locator("#entries .model"), Pattern.compile("understand no words"));
            PlaywrightAssertions.assertThat(page.locator("#entries .unheard")).hasCount(0);
        });
    }

    @Test
    void captions_come_for_each_stretch_of_speech_with_their_times() throws IOException {
        short[] talk = Voice.at(
                MICROPHONE_RATE,
                dev.parley.it.stage.CorpusFile.read("chrome-128k.webm").reference());
        short[] padded = new short[talk.length + 4 * MICROPHONE_RATE];
        System.arraycopy(talk, 0, padded, MICROPHONE_RATE, talk.length);
        onPage(padded, page -> {
            page.locator("#open-settings").click();
            page.locator("#model").selectOption("gemini-3.5-transcribe-live");
            page.locator("#settings button[type=submit]").click();
            page.locator("#talk").click();
            see(page.locator("#preview"), Pattern.compile("speech"));
            see(page.locator("#entries .person").first(), Pattern.compile("\\[speech .* s, level"));
            PlaywrightAssertions.assertThat(page.locator("#save-vtt")).isVisible();
            PlaywrightAssertions.assertThat(page.locator("#open-sights")).isDisabled();
            var saved = page.waitForDownload(() -> page.locator("#save-vtt").click());
            try {
                String subtitles = Files.readString(saved.path());
                assertEquals(
                        true,
                        Pattern.compile("WEBVTT\n\n00:00:0\\d\\.\\d{3} --> 00:00:\\d\\d\\.\\d{3}\n\\[speech")
                                .matcher(subtitles)
                                .find(),
                        subtitles);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }
}
