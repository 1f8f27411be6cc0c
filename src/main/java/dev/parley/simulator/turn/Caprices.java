package dev.parley.simulator.turn;

import java.time.Duration;

/** Odd ways of answering, switched on by a fault on request. Serial order of the session. */
public final class Caprices {
    private int silentTurns;
    private int incompleteTurns;
    private boolean transcriptsLate;
    private Duration delay = Duration.ZERO;

    /** The next {@code turns} turns get no answer: proactive models may stay silent. */
    public void keepSilent(int turns) {
        silentTurns = turns;
    }

    /** The next {@code turns} turns end without turnComplete. */
    public void loseTurnComplete(int turns) {
        incompleteTurns = turns;
    }

    /** The words of an answer come after its sound, or before and between. */
    public void sendTranscriptsLate(boolean late) {
        transcriptsLate = late;
    }

    /** Each answer begins that much later. */
    public void delayBy(Duration time) {
        delay = time;
    }

    /** Whether this turn gets no answer; counts it. */
    boolean keepsSilent() {
        if (silentTurns > 0) {
            silentTurns--;
            return true;
        }
        return false;
    }

    /** Whether this turn ends without turnComplete; counts it. */
    boolean losesTurnComplete() {
        if (incompleteTurns > 0) {
            incompleteTurns--;
            return true;
        }
        return false;
    }

    boolean transcriptsLate() {
        return transcriptsLate;
    }

    Duration delay() {
        return delay;
    }
}
