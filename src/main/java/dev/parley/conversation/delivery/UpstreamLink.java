package dev.parley.conversation.delivery;

import dev.parley.conversation.ledger.Pcm;
import dev.parley.gemini.live.LiveConnection;
import dev.parley.gemini.live.LiveEvent;
import dev.parley.gemini.live.LiveRequest;
import dev.parley.gemini.live.LiveUpstream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The way to the upstream, whichever connection serves it: passes on while one is ready, holds while none is or while it
 * does not take more, takes back what a lost one may not have delivered. Every connection has a number, so that what a
 * replaced one still says is not listened to. Confined to the mailbox.
 */
public final class UpstreamLink implements AutoCloseable {
    /** PCM kept while no connection takes it: 30 s. */
    private static final int MAX_HELD_AUDIO_BYTES = 30 * 2 * Pcm.INPUT_RATE;

    private final LiveUpstream upstream;
    private final Hearer hearer;
    private final Clock clock;
    private final HeldInput held;
    private final Pictures pictures;
    private final NewInput input = new NewInput(this::pass);

    /** The connection in use, being set up or being left, and what it was given; null before the first and after the last. */
    private @Nullable GivenInput given;

    /** Raised with each dial and with each release; events of other numbers are stale. */
    private int number;

    private Phase phase = Phase.NONE;

    /** When the connection that is being left was given its last. */
    private long leftAtMillis;

    /** The conversation is over; a decoder that is still giving out audio gives it to nobody. */
    private boolean over;

    private long sentAudioBytes;
    private long toldLostMillis;

    /** Takes events to the mailbox. */
    @FunctionalInterface
    public interface Hearer {
        /** On the upstream's thread: hand over at once. */
        void heard(int connection, LiveEvent event);
    }

    private enum Phase {
        /** No connection. */
        NONE,
        SETTING_UP,
        READY,
        /** What was given still leaves; what comes is held for the next one. */
        LEAVING
    }

    /**
     * A link that holds.
     *
     * @param maxHeldAnswers tools' answers that are kept, each of at most {@code longestAnswer} characters
     */
    public UpstreamLink(LiveUpstream upstream, Clock clock, int maxHeldAnswers, int longestAnswer, Hearer hearer) {
        this.upstream = upstream;
        this.clock = clock;
        this.hearer = hearer;
        this.held = new HeldInput(MAX_HELD_AUDIO_BYTES, maxHeldAnswers, longestAnswer);
        this.pictures = new Pictures(clock);
    }

    /** Dials; there is no other connection: the upstream refuses two of one session. */
    public void dial(LiveRequest request) {
        if (phase != Phase.NONE) {
            throw new IllegalStateException("The last connection has not been let go of");
        }
        int dialled = ++number;
        phase = Phase.SETTING_UP;
        given = new GivenInput(upstream.connect(request, event -> hearer.heard(dialled, event)));
    }

    /** Whether that connection is the one in use. */
    public boolean listensTo(int connectionNumber) {
        return connectionNumber == number && given != null;
    }

    /** The connection is set up: sends what was held; answers how much audio that is. */
    public Duration open() {
        GivenInput opened = given;
        if (opened == null) {
            return Duration.ZERO;
        }
        phase = Phase.READY;
        pictures.connected(opened); // behind seconds of audio it would be out of date
        int waiting = held.audioBytes();
        catchUp();
        // What a connection that lives has not taken yet follows by itself.
        int replayed = opened.connection().isOpen() ? waiting : waiting - held.audioBytes();
        return Pcm.duration(replayed, Pcm.INPUT_RATE);
    }

    /** Whether a connection is ready, so that what is given leaves at once. */
    public boolean isReady() {
        return phase == Phase.READY;
    }

    /** Whether a ready connection takes less than it is given: {@link #catchUp} is to be called again soon. */
    public boolean isBehind() {
        return isReady() && !held.isEmpty();
    }

    /** When the last audio was written to the connection; see {@link LiveConnection#audioWrittenNanos}. */
    public OptionalLong audioWrittenNanos() {
        return given == null ? OptionalLong.empty() : given.connection().audioWrittenNanos();
    }

    /** Sends what is held as far as the connection takes it. */
    public void catchUp() {
        GivenInput open = given;
        while (open != null && isReady()) {
            Piece oldest = held.peek();
            if (oldest == null || !open.give(oldest, clock.millis())) {
                return;
            }
            held.removeOldest();
            sentAudioBytes += oldest.newAudioBytes();
        }
    }

    /** What the person gives. */
    public NewInput input() {
        return input;
    }

    /** What the person shows, which is not held up by what is said. */
    public Pictures pictures() {
        return pictures;
    }

    private boolean pass(Piece piece) {
        if (over) {
            return true;
        }
        GivenInput open = given;
        catchUp();
        if (isReady() && open != null && held.isEmpty() && open.give(piece, clock.millis())) {
            sentAudioBytes += piece.newAudioBytes();
            return true;
        }
        return held.add(piece);
    }

    /** The model answers what it was given. */
    public void answered() {
        if (given != null) {
            given.answered();
        }
    }

    /** Lets what was given leave and closes; what comes now is held. The end is told as an event, and listened to. */
    public void leave() {
        GivenInput leaving = given;
        if (leaving != null) {
            phase = Phase.LEAVING;
            pictures.disconnected();
            leftAtMillis = clock.millis();
            leaving.connection().close();
        }
    }

    /** Whether the connection is being left. */
    public boolean isLeaving() {
        return phase == Phase.LEAVING;
    }

    /**
     * The connection is over or is given up: lets go of it, and holds what it may not have delivered for the next one.
     *
     * @param suddenly whether it died, so that the end of what was written may be lost as well
     */
    public void lost(boolean suddenly) {
        long endMillis = isLeaving() ? leftAtMillis : clock.millis();
        GivenInput last = letGo();
        if (last != null) {
            last.connection().abort(); // before it is asked what it has not written
            List<Piece> back = last.takeBack(suddenly, endMillis);
            back.forEach(piece -> sentAudioBytes -= piece.newAudioBytes());
            held.putBack(back);
        }
    }

    private @Nullable GivenInput letGo() {
        GivenInput last = given;
        given = null;
        phase = Phase.NONE;
        number++;
        pictures.disconnected();
        return last;
    }

    /** Audio sent, each byte counted once. */
    public long sentAudioBytes() {
        return sentAudioBytes;
    }

    /** Audio up to the point from which the next connection hears it: what it will hear again lies behind. */
    public Duration audioBefore() {
        return Pcm.duration(sentAudioBytes - held.repeatedAudioBytes(), Pcm.INPUT_RATE);
    }

    /** Audio lost since the last call, because a bound was reached; milliseconds add up to all that was lost. */
    public Duration takeLost() {
        long lostMillis = Pcm.duration(held.droppedAudioBytes(), Pcm.INPUT_RATE).toMillis();
        Duration lost = Duration.ofMillis(lostMillis - toldLostMillis);
        toldLostMillis = lostMillis;
        return lost;
    }

    @Override
    public void close() {
        over = true;
        held.clear();
        pictures.close();
        GivenInput last = letGo();
        if (last != null) {
            last.connection().abort(); // the slot is given back next: nothing may linger on it
        }
    }
}
