package dev.parley.simulator.wording;

import dev.parley.simulator.hearing.Utterance;
import java.util.Locale;
import java.util.Optional;

/**
 * What stands in the place of a transcript while someone speaks: what was measured, in brackets, so that nobody takes
 * it for understanding. The first note comes 200 ms into the speech, then one per second.
 */
public final class HeardNotes {
    private static final int FIRST_MILLIS = 200;
    private static final int STEP_MILLIS = 1000;

    private long nextMillis = FIRST_MILLIS;
    private long notedMillis;
    private int pausesNoted;

    /** The note that is due, if any. */
    public Optional<String> grew(Utterance utterance) {
        if (utterance.millis() < nextMillis) {
            return Optional.empty();
        }
        nextMillis = utterance.millis() + STEP_MILLIS;
        return Optional.of(note(utterance));
    }

    /** The last note, if the ones before did not say it. */
    public Optional<String> ended(Utterance utterance) {
        return utterance.millis() > notedMillis + FIRST_MILLIS || notedMillis == 0
                ? Optional.of(note(utterance))
                : Optional.empty();
    }

    private String note(Utterance utterance) {
        String pause = "";
        if (utterance.pauses() > pausesNoted) {
            pausesNoted = utterance.pauses();
            pause = pause(utterance.lastPauseMillis()) + " ";
        }
        notedMillis = utterance.millis();
        return pause + speech(utterance) + " ";
    }

    /** {@code [pause 0.3 s]}. */
    public static String pause(long millis) {
        return "[pause " + seconds(millis) + "]";
    }

    /** {@code [speech 1.2 s, level −23 dB]}. */
    public static String speech(Utterance utterance) {
        return "[speech " + seconds(utterance.millis()) + ", level " + decibels(utterance) + "]";
    }

    /** {@code 1.2 s}. */
    public static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }

    static String decibels(Utterance utterance) {
        return decibels(utterance.decibels());
    }

    /** {@code −23 dB}. */
    public static String decibels(long level) {
        return (level < 0 ? "\u2212" : "") + Math.abs(level) + " dB";
    }
}
