package dev.parley.simulator.turn;

import dev.parley.simulator.sound.Voice;
import java.util.function.Supplier;

/**
 * An answer to be given.
 *
 * @param words what is said, written down
 * @param voice makes the sound when the answer begins
 * @param goesOn whether the model goes on by itself afterwards ({@code interactionStatus} IN_PROGRESS)
 * @param afterwards runs when the turn is complete; not when it was cut
 */
record Script(String words, Supplier<Voice> voice, boolean goesOn, Runnable afterwards) {
    Script(String words, Supplier<Voice> voice) {
        this(words, voice, false, () -> {});
    }
}
