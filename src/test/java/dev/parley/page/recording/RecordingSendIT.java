package dev.parley.page.recording;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.options.FilePayload;
import dev.parley.it.stage.CorpusFile;
import dev.parley.it.stage.Voice;
import dev.parley.testkit.AudioComparison;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Files in the recording tab: seen, sent, answered, refused, cancelled. */
class RecordingSendIT {
    private static final String OVERLOADED =
            "{\"type\":\"about:blank\",\"title\":\"Gemini is overloaded\",\"status\":503,"
                    + "\"detail\":\"Too many people ask at once\",\"code\":\"UPSTREAM_UNAVAILABLE\",\"retryable\":true,"
                    + "\"retryAfterSeconds\":34}";

    @RegisterExtension
    static final RecordingTab TAB = new RecordingTab();

    @Test
    void a_file_is_seen_sent_and_answered() {
        TAB.pick("chrome-128k.webm");
        assertThat(TAB.page().locator("#clip-facts")).containsText("0:09");
        TAB.page().locator("#prompt").fill("Who speaks?");
        TAB.page().locator("#batch-language").selectOption("de-DE");
        TAB.page().locator("#send-recording").click();

        RecordingCall call = TAB.desk().next();
        assertEquals("model prompt language file", call.form().names());
        assertEquals("gemini-3.8-flash", call.form().text("model"));
        assertEquals("Who speaks?", call.form().text("prompt"));
        assertEquals("de-DE", call.form().text("language"));
        assertEquals("chrome-128k.webm", call.form().fileName());
        assertArrayEquals(CorpusFile.resource("chrome-128k.webm"), call.form().bytes("file"));

        call.event("progress", "{\"stage\":\"uploading\",\"bytes\":50000,\"totalBytes\":100000}");
        assertThat(TAB.page().locator("#job-words")).hasText("Handing it to the model, 50 KB of 100 KB");
        call.event("transcript", "{\"text\":\"Grüß \"}");
        call.event("transcript", "{\"text\":\"Gott.\"}");
        assertThat(TAB.page().locator("#transcript-part .words")).hasText("Grüß Gott.");
        call.event("text", "{\"text\":\"Somebody \"}");
        assertThat(TAB.page().locator("#text-part .words")).hasText("Somebody");
        call.event("text", "{\"text\":\"polite.\"}");
        call.done();
        assertThat(TAB.page().locator("#text-part .words")).hasText("Somebody polite.");
        assertThat(TAB.page().locator("#status-words")).hasText("Answered");
        assertThat(TAB.page().locator("#answer-facts")).containsText("508 tokens");
        assertThat(TAB.page().locator("#job")).isHidden();
    }

    @Test
    void the_answer_is_copied_and_saved_as_text() throws IOException {
        TAB.page().context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        TAB.pick("chrome-32k.webm");
        TAB.page().locator("#send-recording").click();
        RecordingCall call = TAB.desk().next();
        call.event("transcript", "{\"text\":\"One two.\"}");
        call.event("text", "{\"text\":\"Numbers.\"}");
        call.done();
        TAB.page().locator("#copy-answer").click();
        assertThat(TAB.page().locator("#copy-answer")).hasText("Copied");
        String expected = "Transcript\n\nOne two.\n\nAnswer\n\nNumbers.\n";
        assertEquals(expected, TAB.page().evaluate("() => navigator.clipboard.readText()"));
        Download download = TAB.page()
                .waitForDownload(() -> TAB.page().locator("#save-answer").click());
        assertEquals("chrome-32k.txt", download.suggestedFilename());
        assertEquals(expected, Files.readString(download.path()));
    }

    @Test
    void a_transcription_model_is_asked_nothing() {
        TAB.pick("chrome-128k.webm");
        TAB.page().locator("#batch-model").selectOption("gemini-3.5-transcribe");
        assertThat(TAB.page().locator("#prompt")).isDisabled();
        assertThat(TAB.page().locator("#prompt-hint")).containsText("takes no instruction");
        TAB.page().locator("#send-recording").click();
        RecordingCall call = TAB.desk().next();
        assertEquals("model file", call.form().names());
        assertEquals("gemini-3.5-transcribe", call.form().text("model"));
        call.done();
        assertThat(TAB.page().locator("#answer-notice")).containsText("The answer is empty.");
    }

    @Test
    void an_error_keeps_the_recording_and_trying_again_sends_it_again() {
        TAB.pick("chrome-128k.webm");
        TAB.page().locator("#send-recording").click();
        TAB.desk().next().refuse(503, OVERLOADED);
        assertThat(TAB.page().locator("#answer-notice .happened")).hasText("Gemini is overloaded.");
        assertThat(TAB.page().locator("#answer-notice"))
                .containsText("The recording is still here. Too many people ask at once. Try again in 34 seconds.");
        TAB.page().locator("#answer-notice .retry").click();

        RecordingCall second = TAB.desk().next();
        assertArrayEquals(CorpusFile.resource("chrome-128k.webm"), second.form().bytes("file"));
        assertThat(TAB.page().locator("#answer-notice .notice")).hasCount(0);
        second.event("text", "{\"text\":\"Half an ans\"}");
        assertThat(TAB.page().locator("#text-part .words")).hasText("Half an ans");
        second.end();
        assertThat(TAB.page().locator("#answer-notice .happened")).hasText("The answer broke off.");
        assertThat(TAB.page().locator("#text-part .words")).hasText("Half an ans");

        TAB.page().locator("#answer-notice .retry").click();
        RecordingCall third = TAB.desk().next();
        third.event("text", "{\"text\":\"A whole answer.\"}");
        third.event("error", OVERLOADED);
        third.end();
        assertThat(TAB.page().locator("#answer-notice .happened")).hasText("Gemini is overloaded.");
        assertThat(TAB.page().locator("#text-part .words")).hasText("A whole answer.");
    }

    @Test
    void cancelling_hangs_up_at_any_time_and_keeps_everything() {
        TAB.pick("chrome-128k.webm");
        TAB.page().locator("#send-recording").click();
        RecordingCall call = TAB.desk().next();
        call.event("text", "{\"text\":\"Once upon\"}");
        assertThat(TAB.page().locator("#text-part .words")).hasText("Once upon");
        TAB.page().locator("#cancel").click();
        call.awaitHangUp();
        assertThat(TAB.page().locator("#answer-notice .happened")).hasText("Cancelled.");
        assertThat(TAB.page().locator("#text-part .words")).hasText("Once upon");
        assertThat(TAB.page().locator("#send-recording")).isEnabled();
    }

    @Test
    void how_much_was_sent_is_seen_and_cancelled_on_the_way() throws IOException {
        byte[] long_ = Voice.wav(AudioComparison.RATE, new short[20_000_000]);
        Path file = Files.write(Files.createDirectories(Path.of("target", "it")).resolve("long.wav"), long_);
        TAB.page().locator("#file").setInputFiles(file);
        assertThat(TAB.page().locator("#clip-hint")).containsText("too long to be drawn");
        TAB.desk().hold();
        TAB.page().locator("#send-recording").click();
        assertThat(TAB.page().locator("#job-words"))
                .hasText(Pattern.compile("Sending the recording, [\\d.]+ MB of 40\\.0 MB"), RecordingTab.patiently());
        TAB.page().locator("#cancel").click();
        assertThat(TAB.page().locator("#answer-notice .happened")).hasText("Cancelled.");
        TAB.desk().letGo();
    }

    @Test
    void what_the_browser_cannot_read_is_sent_all_the_same() {
        TAB.page()
                .locator("#file")
                .setInputFiles(new FilePayload(
                        "call.amr", "audio/amr", "#!AMR\nno browser plays this".getBytes(StandardCharsets.US_ASCII)));
        assertThat(TAB.page().locator("#clip-hint"))
                .hasText("This browser cannot play this file. It can be sent all the same.");
        assertThat(TAB.page().locator("#player")).isHidden();
        TAB.page().locator("#send-recording").click();
        RecordingCall call = TAB.desk().next();
        assertEquals("audio/amr", call.form().fileType());
        call.refuse(415, "{\"title\":\"AMR is not understood\",\"status\":415,\"detail\":\"Save it as MP3 or WAV\"}");
        assertThat(TAB.page().locator("#answer-notice")).containsText("Save it as MP3 or WAV.");
        assertThat(TAB.page().locator("#answer-notice .retry")).hasCount(0);
    }
}
