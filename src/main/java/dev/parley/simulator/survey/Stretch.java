package dev.parley.simulator.survey;

import dev.parley.simulator.hearing.Utterance;
import dev.parley.simulator.wording.HeardNotes;

/**
 * A stretch of speech between two pauses.
 *
 * @param startMillis from the recording's beginning
 * @param millis its length
 * @param note what was measured, in brackets: {@code [speech 1.2 s, level −23 dB]}
 */
public record Stretch(long startMillis, long millis, String note) {
    static Stretch of(Utterance utterance, long startMillis) {
        return new Stretch(startMillis, utterance.millis(), HeardNotes.speech(utterance));
    }

    /** From the recording's beginning. */
    public long endMillis() {
        return startMillis + millis;
    }
}
