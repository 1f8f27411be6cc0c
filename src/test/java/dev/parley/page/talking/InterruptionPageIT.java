package dev.parley.page.talking;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Cutting in, measured on the browser's audio thread. */
class InterruptionPageIT {
    private static final System.Logger LOG = System.getLogger(InterruptionPageIT.class.getName());
    private static final int CUTS = 100;

    @RegisterExtension
    static final TalkTab TAB = new TalkTab();

    private static double number(Map<?, ?> measured, String name) {
        return ((Number) java.util.Objects.requireNonNull(measured.get(name))).doubleValue();
    }

    private static double percentile(List<Double> values, int percent) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }

    @Test
    void after_a_cut_at_most_one_quantum_sounds() {
        TAB.talk("{}");
        TAB.page().evaluate("() => parleyCut()"); // the first one also wakes the sound card
        List<Double> samples = new ArrayList<>();
        List<Double> silence = new ArrayList<>();
        List<Double> sound = new ArrayList<>();
        for (int i = 0; i < CUTS; i++) {
            Map<?, ?> measured = (Map<?, ?>) TAB.page().evaluate("() => parleyCut()");
            assertTrue(number(measured, "samplesAfterCut") <= number(measured, "quantum"), measured::toString);
            samples.add(number(measured, "samplesAfterCut"));
            silence.add(number(measured, "silentAfterMillis"));
            sound.add(number(measured, "soundAfterMillis"));
        }
        LOG.log(
                System.Logger.Level.INFO,
                () -> String.format(
                        Locale.ROOT,
                        "%d cuts: samples rendered after the cut p50 %.0f p99 %.0f; interrupted to silence p50 %.1f ms p99 %.1f"
                                + " ms; first audio to first sound p50 %.1f ms p99 %.1f ms",
                        CUTS,
                        percentile(samples, 50),
                        percentile(samples, 99),
                        percentile(silence, 50),
                        percentile(silence, 99),
                        percentile(sound, 50),
                        percentile(sound, 99)));
        assertTrue(samples.stream().anyMatch(count -> count > 0), "nothing was playing: the test proves nothing");
    }

    @Test
    void what_was_heard_is_reported_and_what_was_not_is_marked() {
        TAB.talk("{}");
        TAB.tell("{type: 'outputTranscript', text: 'Once upon a time', turn: 1}");
        TAB.page().evaluate("() => parleyServer.speak(1)");
        TAB.tell("{type: 'outputTranscript', text: ' there was a king', turn: 1}");
        TAB.page().evaluate("() => parleyServer.speak(30)");
        TAB.tell("{type: 'outputTranscript', text: ' who was never heard of.', turn: 1}");
        TAB.page().waitForFunction("() => parleyProbe.loudness() > 0.01");
        TAB.page().waitForTimeout(1500);
        TAB.tell("{type: 'interrupted', turn: 1}");
        TAB.page().waitForFunction("() => parleyServer.of('heard').length > 0");
        Map<?, ?> heard = (Map<?, ?>) TAB.page().evaluate("() => parleyServer.of('heard').at(-1)");
        assertEquals(1, heard.get("turn"));
        double millis = number(heard, "millis");
        assertTrue(millis > 1000 && millis < 10_000, () -> "heard " + millis);
        assertThat(TAB.page().locator("#entries .model .mark")).containsText("You cut in");
        assertThat(TAB.page().locator("#entries .model .unheard")).hasText(" who was never heard of.");
    }
}
