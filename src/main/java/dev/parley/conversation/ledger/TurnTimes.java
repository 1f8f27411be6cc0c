package dev.parley.conversation.ledger;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a person waits for in each turn with a spoken answer. A piece of audio costs one or two numbers here; durations are
 * made once a turn. Confined to the mailbox.
 */
public final class TurnTimes {
    /** No moment; neither clock can be so far back. */
    private static final long NEVER = Long.MIN_VALUE;

    private final Clock clock;
    private final Listener listener;
    private final Supplier<OptionalLong> audioWritten;

    /** When the bytes came that are being taken, {@link System#nanoTime}. */
    private long arrivedNanos = NEVER;

    /** When those came that the connection was given last, and at once. */
    private long givenNanos = NEVER;

    /** Until when the person said what is to be answered. */
    private long saidUntilMillis = NEVER;

    private int turn = 1;

    /** The first audio of this turn's answer has come. */
    private boolean answered;

    private Optional<Duration> forwarded = Optional.empty();
    private Optional<Duration> firstAudio = Optional.empty();
    private Optional<Duration> firstSound = Optional.empty();

    /** The last turn, while the client may still tell when it was heard. */
    private @Nullable Times untold;

    /** Whether the client tells when an answer is heard, as far as is known. */
    private boolean telling = true;

    /**
     * The times of one turn; see {@code ConversationEvent.TurnTimed}.
     *
     * @param turn its number
     * @param forwarded last audio in → written to the upstream
     * @param firstAudio end of speech → first audio from the upstream
     * @param firstSound end of speech → first sound, as the client says
     */
    public record Times(
            int turn, Optional<Duration> forwarded, Optional<Duration> firstAudio, Optional<Duration> firstSound) {}

    /** Told once of each turn that was answered aloud. */
    @FunctionalInterface
    public interface Listener {
        /** In the mailbox. */
        void timed(Times times);
    }

    /**
     * Before the first turn.
     *
     * @param audioWritten when the last audio was written, {@link System#nanoTime}; empty while some is not
     */
    public TurnTimes(Clock clock, Supplier<OptionalLong> audioWritten, Listener listener) {
        this.clock = clock;
        this.audioWritten = audioWritten;
        this.listener = listener;
    }

    /** Bytes of audio that came then are being taken, until {@link #taken}. */
    public void arrived(long nanos) {
        arrivedNanos = nanos;
    }

    /** What is given from here on did not come just now. */
    public void taken() {
        arrivedNanos = NEVER;
    }

    /** The person's audio goes on; {@code atOnce} when the connection took it. */
    public void passed(boolean atOnce) {
        givenNanos = atOnce ? arrivedNanos : NEVER;
    }

    /** What was given last belongs to a connection that is over. */
    public void disconnected() {
        givenNanos = NEVER;
    }

    /** The person said something up to so long ago. */
    public void said(int millisAgo) {
        saidUntilMillis = clock.millis() - millisAgo;
    }

    /** Audio of an answer came. */
    public void modelSpoke() {
        if (answered) {
            return;
        }
        answered = true;
        if (saidUntilMillis != NEVER) {
            firstAudio = Optional.of(Duration.ofMillis(Math.max(0, clock.millis() - saidUntilMillis)));
            saidUntilMillis = NEVER;
        }
        OptionalLong written = audioWritten.get();
        if (givenNanos != NEVER && written.isPresent() && written.getAsLong() - givenNanos >= 0) {
            forwarded = Optional.of(Duration.ofNanos(written.getAsLong() - givenNanos));
        }
        givenNanos = NEVER;
    }

    /**
     * The client tells how long after the person's last words an answer was first heard.
     *
     * @param ofTurn of which turn; 0 of the one that is running
     */
    public void heard(int ofTurn, Duration after) {
        telling = true;
        Times last = untold;
        if (last != null && last.turn == ofTurn) {
            untold = null;
            listener.timed(new Times(last.turn, last.forwarded, last.firstAudio, Optional.of(after)));
        } else if (ofTurn == turn || ofTurn == 0) {
            firstSound = Optional.of(after);
        }
    }

    /** A turn is over. */
    void turnOver() {
        close();
        if (answered) {
            Times times = new Times(turn, forwarded, firstAudio, firstSound);
            if (telling && firstSound.isEmpty()) {
                untold = times;
            } else {
                listener.timed(times);
            }
        }
        turn++;
        answered = false;
        forwarded = Optional.empty();
        firstAudio = Optional.empty();
        firstSound = Optional.empty();
    }

    /** Nothing more will be heard of the turns that are over. */
    public void close() {
        Times last = untold;
        untold = null;
        if (last != null) {
            telling = false;
            listener.timed(last);
        }
    }
}
