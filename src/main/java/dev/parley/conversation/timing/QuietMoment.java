package dev.parley.conversation.timing;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Knows when nobody would miss the connection: the model neither speaks nor works, the person does not speak, and nothing
 * that was said waits for an answer. An open microphone says nothing; clear speech does. Confined to the mailbox.
 */
public final class QuietMoment {
    /** A pause between two words is shorter. */
    static final Duration SPEECH_PAUSE = Duration.ofSeconds(1);

    /** After the last words were sent, an answer begins within this time or not at all. */
    static final Duration ANSWER_BEGINS_WITHIN = Duration.ofSeconds(3);

    private static final long NEVER = Long.MIN_VALUE / 2;

    private final Clock clock;
    private boolean answering;
    private boolean activityOpen;

    /** The upstream says that the session cannot be resumed now: it generates, or waits for a function. */
    private boolean busy;

    /** Something was said after what the answer in progress, or the last one, belongs to. */
    private boolean waiting;

    private long spokeAtMillis = NEVER;

    /** When what waits was said, or the answer before it ended. */
    private long waitingSinceMillis = NEVER;

    /** Nothing has happened yet. */
    public QuietMoment(Clock clock) {
        this.clock = clock;
    }

    /** The person speaks clearly. */
    public void spoke() {
        spokeAtMillis = clock.millis();
        said();
    }

    /** The person said something to be answered. */
    public void said() {
        waiting = true;
        waitingSinceMillis = clock.millis();
    }

    /** The person marks a turn as open or over. */
    public void activity(boolean open) {
        activityOpen = open;
        if (!open) {
            said();
        }
    }

    /** The model began to answer what was said before. */
    public void answerBegan() {
        answering = true;
        waiting = false;
    }

    /** An answer is over; when it was cut, what cut it is to be answered. */
    public void answerOver(boolean cut) {
        answering = false;
        waiting |= cut;
        if (waiting) {
            waitingSinceMillis = clock.millis();
        }
    }

    /** The upstream tells whether it could go on on another connection now. */
    public void resumable(boolean now) {
        busy = !now;
    }

    /** Another connection: what the last one did is over. */
    public void connected() {
        answering = false;
        busy = false;
    }

    /** How long until it is quiet if nothing happens; zero when it is, empty when something has to happen first. */
    public Optional<Duration> in() {
        if (answering || busy || activityOpen) {
            return Optional.empty();
        }
        long quietAt = spokeAtMillis + SPEECH_PAUSE.toMillis();
        if (waiting) {
            quietAt = Math.max(quietAt, waitingSinceMillis + ANSWER_BEGINS_WITHIN.toMillis());
        }
        return Optional.of(Duration.ofMillis(Math.max(0, quietAt - clock.millis())));
    }
}
