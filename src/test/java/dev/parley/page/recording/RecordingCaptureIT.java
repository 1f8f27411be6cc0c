package dev.parley.page.recording;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import dev.parley.it.stage.Voice;
import dev.parley.media.AudioDecoder;
import dev.parley.media.AudioDecoders;
import dev.parley.testkit.AudioComparison;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The microphone in the recording tab, and how the tab is used and looks. */
class RecordingCaptureIT {
    private static final double SAME_VOICE = 0.99;
    private static final int MOST_RETAKES = 2;
    private static final short[] VOICE = RecordingTab.VOICE.reference();
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    @RegisterExtension
    static final RecordingTab TAB = new RecordingTab();

    /** What the browser's encoder and the microphone do to a voice stays above 0.99; see the decoder's own tests. */
    @Test
    void what_is_recorded_is_the_voice_that_was_spoken() {
        List<AudioComparison> seconds = recordedSeconds();
        for (int retake = 0; retake < MOST_RETAKES && !wholeVoice(seconds); retake++) {
            // A starved machine tears holes into the browser's fake microphone; what the page loses it loses every
            // time.
            TAB.renew(new Browser.NewContextOptions());
            seconds = recordedSeconds();
        }
        List<AudioComparison> last = seconds;
        assertTrue(wholeVoice(last), () -> "seconds of the voice: " + last);
    }

    @Test
    void a_recording_that_exists_only_here_is_not_replaced_unasked() {
        TAB.record(1);

        TAB.choose("chrome-128k.webm");
        assertThat(TAB.page().locator("#doubt")).isVisible();
        TAB.page().keyboard().press("Escape");
        assertThat(TAB.page().locator("#clip-name")).hasText("Your recording");
        TAB.page().locator("#record").click();
        TAB.page().locator("#doubt button[value=keep]").click();
        assertThat(TAB.page().locator("#clip-name")).hasText("Your recording");
        TAB.choose("chrome-128k.webm");
        TAB.page().locator("#doubt button[value=replace]").click();
        assertThat(TAB.page().locator("#clip-name")).hasText("chrome-128k.webm");
        // A picked file is still on the disk.
        TAB.page().locator("#remove-clip").click();
        assertThat(TAB.page().locator("#recording-title")).hasText("Send a recording.");
    }

    @Test
    void while_it_records_talking_says_why_it_cannot() {
        TAB.page().locator("#record").click();
        assertThat(TAB.page().locator("#recording-title")).hasText("0:01", RecordingTab.patiently());
        TAB.page().locator("#tab-talk").click();
        assertThat(TAB.page().locator("#tab-recording .tab-mark")).isVisible();
        TAB.page().locator("#talk").click();
        assertThat(TAB.page().locator("#microphone-notice")).containsText("The microphone is busy with a recording.");
        TAB.page().locator("#tab-recording").click();
        TAB.page().locator("#record").click();
        assertThat(TAB.page().locator("#clip")).isVisible();
    }

    @Test
    void while_a_conversation_has_the_microphone_recording_says_so() {
        TAB.page().routeWebSocket(Pattern.compile(".*/ws/audio-live"), socket -> socket.onMessage(frame -> {}));
        TAB.page().reload();
        TAB.page().locator("#tab-talk").click();
        TAB.page().locator("#talk").click();
        assertThat(TAB.page().locator("#talk")).hasAttribute("aria-label", "Mute the microphone");
        TAB.page().locator("#tab-recording").click();
        assertThat(TAB.page().locator("#record-words")).hasText("In use by Talk");
        TAB.page().locator("#record").click();
        assertThat(TAB.page().locator("#capture-notice")).containsText("The conversation is using the microphone.");
        assertThat(TAB.page().locator("#recording-title")).hasText("Send a recording.");
    }

    @Test
    void everything_is_reached_by_keyboard() {
        TAB.page().locator("#tab-talk").focus();
        TAB.page().keyboard().press("ArrowRight");
        assertThat(TAB.page().locator("#tab-recording")).isFocused();
        TAB.pick("chrome-128k.webm");
        TAB.page().locator("#waveform").focus();
        TAB.page().keyboard().press("ArrowRight");
        assertThat(TAB.page().locator("#waveform")).hasAttribute("aria-valuetext", "0:05 of 0:09");
        TAB.page().keyboard().press("Home");
        assertThat(TAB.page().locator("#waveform")).hasAttribute("aria-valuetext", "0:00 of 0:09");
        TAB.page().locator("#prompt").focus();
        TAB.page().keyboard().press("Control+Enter");
        RecordingCall call = TAB.desk().next();
        call.event("text", "{\"text\":\"So\"}");
        assertThat(TAB.page().locator("#cancel")).isVisible(); // what is not drawn yet takes no focus
        TAB.page().locator("#cancel").focus();
        assertThat(TAB.page().locator("#cancel")).isFocused();
        TAB.page().keyboard().press("Enter");
        call.awaitHangUp();
        assertThat(TAB.page().locator("#send-recording")).isFocused();
    }

    @Test
    void the_tab_fits_wide_narrow_and_dark_screens() {
        photograph("recording-wide", new Browser.NewContextOptions().setViewportSize(1280, 880));
        photograph("recording-phone", new Browser.NewContextOptions().setViewportSize(360, 740));
        photograph(
                "recording-dark",
                new Browser.NewContextOptions()
                        .setViewportSize(1280, 800)
                        .setColorScheme(ColorScheme.DARK)
                        .setReducedMotion(ReducedMotion.REDUCE));
    }

    private static boolean wholeVoice(List<AudioComparison> seconds) {
        return !seconds.isEmpty() && seconds.stream().allMatch(second -> second.correlation() >= SAME_VOICE);
    }

    private List<AudioComparison> recordedSeconds() {
        // Two seconds of silence, nine of voice, and what follows.
        TAB.record(12);
        TAB.awaitDrawn();
        TAB.page().locator("#send-recording").click();
        RecordingCall call = TAB.desk().next();
        assertEquals("audio/webm", call.form().fileType());
        assertTrue(
                call.form().fileName().matches("recording-.*\\.webm"),
                call.form().fileName());
        call.event("text", "{\"text\":\"Heard.\"}");
        call.done();
        assertThat(TAB.page().locator("#status-words")).hasText("Answered");
        return secondsFoundIn(decoded(call.form().bytes("file")));
    }

    private static short[] decoded(byte[] webm) {
        ByteArrayOutputStream pcm = new ByteArrayOutputStream();
        try (AudioDecoder decoder = new AudioDecoders().open("audio/webm")) {
            decoder.decode(ByteBuffer.wrap(webm), pcm::write);
            decoder.finish(pcm::write);
            assertEquals(0, decoder.concealedPackets());
        }
        return AudioComparison.samples(pcm.toByteArray());
    }

    /** At three times the rate, because the microphone's clock is off by a fraction of a sample. */
    private static List<AudioComparison> secondsFoundIn(short[] recorded) {
        short[] wide = Voice.at(RecordingTab.MICROPHONE_RATE, recorded);
        List<AudioComparison> found = new ArrayList<>();
        for (int from = 0; from + AudioComparison.RATE <= VOICE.length; from += AudioComparison.RATE) {
            short[] second = Arrays.copyOfRange(VOICE, from, from + AudioComparison.RATE);
            if (Voice.loudness(second) > Voice.loudness(VOICE) / 2) {
                found.add(AudioComparison.of(wide, Voice.at(RecordingTab.MICROPHONE_RATE, second)));
            }
        }
        return found;
    }

    private void photograph(String name, Browser.NewContextOptions options) {
        TAB.renew(options);
        TAB.pick("chrome-128k.webm");
        TAB.page().locator("#prompt").fill("Who speaks, and what do they want?");
        TAB.page().locator("#send-recording").click();
        RecordingCall call = TAB.desk().next();
        call.event("transcript", "{\"text\":\"Could you tell me when the last train to Basel leaves tonight?\"}");
        call.event("text", "{\"text\":\"A traveller asks for the last train to Basel.\"}");
        call.done();
        assertThat(TAB.page().locator("#answer-actions")).isVisible();
        TAB.page().screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
        Object overflow = TAB.page().evaluate("() => document.documentElement.scrollWidth - innerWidth");
        assertEquals("0", String.valueOf(overflow), name + " scrolls sideways");
    }
}
