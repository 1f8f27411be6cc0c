package dev.parley.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocket;
import dev.parley.it.stage.CorpusFile;
import dev.parley.it.stage.Deployments;
import dev.parley.it.stage.TestBrowser;
import dev.parley.it.stage.Voice;
import dev.parley.testkit.AudioComparison;
import dev.parley.testkit.ScriptedLiveServer;
import dev.parley.testkit.ScriptedSession;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A page that is reloaded in the middle of a conversation, in a real browser with a recorded voice; the test is Gemini. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class ReloadIT {
    private static final int MICROPHONE_RATE = 48_000;
    private static final int ANSWER_SECONDS = 12;
    private static final int BYTES_PER_MILLI = 48;
    private static final ScriptedLiveServer UPSTREAM =
            ScriptedLiveServer.start().script(ScriptedLiveServer.LISTEN);

    private final List<String> complaints = new CopyOnWriteArrayList<>();

    @ArquillianResource
    private URL url;

    @Deployment(testable = false)
    static WebArchive parley() {
        return Deployments.talkingTo(UPSTREAM.address(), Map.of("parley.limits.sessions-per-key", "50"));
    }

    @AfterAll
    static void close() {
        UPSTREAM.close();
    }

    @AfterEach
    void the_browser_had_nothing_to_complain_about() {
        assertEquals(List.of(), complaints);
    }

    private interface Step {
        void on(Page page);
    }

    /** One socket of the page, as far as the test looks into it. */
    private static final class Wire {
        final AtomicLong audioBytes = new AtomicLong();
        final List<JsonObject> told = new CopyOnWriteArrayList<>();
        final List<JsonObject> said = new CopyOnWriteArrayList<>();

        Wire(WebSocket socket) {
            socket.onFrameReceived(frame -> {
                if (frame.text() == null) {
                    audioBytes.addAndGet(frame.binary().length);
                } else {
                    told.add(json(frame.text()));
                }
            });
            socket.onFrameSent(frame -> {
                if (frame.text() != null) {
                    said.add(json(frame.text()));
                }
            });
        }

        private static JsonObject json(String text) {
            return Json.createReader(new StringReader(text)).readObject();
        }

        static JsonObject of(List<JsonObject> messages, String type) {
            return messages.stream()
                    .filter(message -> message.getString("type").equals(type))
                    .reduce((first, last) -> last)
                    .orElseThrow(() -> new AssertionError("no " + type + " in " + messages));
        }
    }

    private void onPage(Step step) throws IOException {
        short[] wide =
                Voice.at(MICROPHONE_RATE, CorpusFile.read("chrome-128k.webm").reference());
        Path microphone = Files.createDirectories(Path.of("target", "it")).resolve("reload.wav");
        Files.write(microphone, Voice.wav(MICROPHONE_RATE, wide));
        try (TestBrowser browsers = new TestBrowser();
                Browser browser = browsers.launch(microphone);
                BrowserContext context =
                        browser.newContext(new Browser.NewContextOptions().setPermissions(List.of("microphone")))) {
            context.addInitScript(TestBrowser.probe());
            context.onConsoleMessage(message -> {
                if (message.type().equals("error") || message.type().equals("warning")) {
                    complaints.add(message.text());
                }
            });
            context.onWebError(error -> complaints.add(error.error()));
            Page page = context.newPage();
            page.navigate(Deployments.address(url).toString());
            step.on(page);
        }
    }

    private static ScriptedSession begin(Page page, String format) {
        page.locator("#open-settings").click();
        page.locator("input[name=format][value=" + format + "]").check();
        page.locator("#settings button[type=submit]").click();
        page.locator("#talk").click();
        ScriptedSession upstream = UPSTREAM.nextSession();
        upstream.awaitAudioBytes(2 * 2 * AudioComparison.RATE);
        return upstream;
    }

    private static void awaitSound(Page page) {
        TestBrowser.await(page, "() => parleyProbe.loudness() > 0.01");
    }

    @Test
    void an_answer_that_was_half_heard_is_heard_to_its_end_once_and_the_person_is_heard_again() throws IOException {
        onPage(page -> {
            List<Wire> wires = new CopyOnWriteArrayList<>();
            page.onWebSocket(socket -> wires.add(new Wire(socket)));
            ScriptedSession upstream = begin(page, "pcm");
            upstream.sendInputTranscript("How do you do?");
            upstream.sendOutputTranscript("Very well, ");
            for (int second = 0; second < ANSWER_SECONDS; second++) {
                upstream.sendAudio(Voice.tone(1));
                if (second == ANSWER_SECONDS - 2) {
                    upstream.sendOutputTranscript("and you?");
                }
            }
            awaitSound(page);
            assertThat(page.locator("#entries .unheard")).hasText("and you?");
            page.waitForTimeout(1500);
            int sessions = UPSTREAM.sessions().size();

            page.reload();
            assertThat(page.locator("#entries .line")).hasText("Page reloaded");
            assertThat(page.locator("#entries .person")).containsText("How do you do?");
            assertThat(page.locator("#entries .unheard")).hasText("and you?");
            int sent = upstream.audio().length;
            awaitSound(page);
            upstream.awaitAudioBytes(sent + 2 * AudioComparison.RATE);
            upstream.sendTurnComplete();
            TestBrowser.await(page, "() => document.querySelectorAll('#entries .unheard').length === 0");
            assertThat(page.locator("#entries .model")).hasCount(1);
            assertThat(page.locator("#entries .model .words")).hasText("Very well, and you?");

            assertEquals(2, wires.size());
            Wire before = wires.get(0);
            Wire after = wires.get(1);
            JsonObject start = Wire.of(after.said, "start");
            JsonObject ready = Wire.of(after.told, "ready");
            assertTrue(ready.getBoolean("resumed"));
            assertEquals(Wire.of(before.told, "ready").getString("conversation"), ready.getString("conversation"));
            assertEquals(sessions, UPSTREAM.sessions().size(), "the same upstream all the time");
            int heard = start.getInt("lastHeardMillis");
            assertTrue(heard > 1000 && heard < 1000 * (ANSWER_SECONDS - 1), () -> "heard " + heard);
            assertEquals(1000 * ANSWER_SECONDS, before.audioBytes.get() / BYTES_PER_MILLI);
            assertEquals(
                    1000 * ANSWER_SECONDS - heard, after.audioBytes.get() / BYTES_PER_MILLI, "the rest, and only that");
        });
    }

    @Test
    void a_compressed_recording_begins_anew_and_goes_on_in_the_same_conversation() throws IOException {
        onPage(page -> {
            ScriptedSession upstream = begin(page, "webm");
            page.reload();
            upstream.sendInputTranscript("Are you still there?");
            assertThat(page.locator("#entries .person")).containsText("Are you still there?");
            int sent = upstream.audio().length;
            upstream.awaitAudioBytes(sent + 2 * 2 * AudioComparison.RATE);
            assertThat(page.locator("#status-words")).hasText("Listening");
            assertThat(page.locator("#conversation-notice")).isEmpty();
        });
    }

    @Test
    void a_token_that_leads_nowhere_is_told_and_what_was_said_stays() throws IOException {
        onPage(page -> {
            ScriptedSession upstream = begin(page, "pcm");
            upstream.sendInputTranscript("How do you do?");
            assertThat(page.locator("#entries .person")).containsText("How do you do?");
            page.addInitScript("""
                    const kept = JSON.parse(sessionStorage.getItem('parley.conversation'));
                    if (kept) {
                      kept.line.token = kept.line.token.replace(/[^.]+$/, 'wrong');
                      sessionStorage.setItem('parley.conversation', JSON.stringify(kept));
                    }""");
            page.reload();
            assertThat(page.locator("#conversation-notice")).containsText("This conversation is over.");
            assertThat(page.locator("#entries .person")).containsText("How do you do?");
            assertEquals(true, page.evaluate("() => sessionStorage.length === 0"));
        });
    }

    @Test
    void a_duplicated_tab_takes_the_conversation_when_it_is_asked_to_and_the_first_one_says_so() throws IOException {
        onPage(page -> {
            ScriptedSession upstream = begin(page, "pcm");
            upstream.sendInputTranscript("How do you do?");
            TestBrowser.await(page, "() => sessionStorage.getItem('parley.conversation')?.includes('How do you do?')");
            int sessions = UPSTREAM.sessions().size();
            Page copy = page.waitForPopup(() -> page.evaluate("() => void open(location.href)"));
            assertThat(copy.locator("#status-words")).hasText("Open in another tab");
            upstream.awaitAudioBytes(upstream.audio().length + 2 * AudioComparison.RATE);
            assertThat(page.locator("#talk-words")).hasText("Mute");

            copy.locator("#talk").click();
            assertThat(page.locator("#conversation-notice")).containsText("goes on in another tab");
            assertThat(copy.locator("#status-words")).hasText(Pattern.compile("Listening|Speaking"));
            copy.locator("#text").fill("I am over here now.");
            copy.locator("#send").click();
            upstream.awaitMessage(message -> message.text().contains("I am over here now."));
            upstream.awaitAudioBytes(upstream.audio().length + 2 * AudioComparison.RATE);
            assertEquals(sessions, UPSTREAM.sessions().size(), "the same upstream all the time");
        });
    }
}
