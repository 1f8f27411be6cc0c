package dev.parley.conversation.upstream;

import dev.parley.conversation.ledger.Pcm;
import dev.parley.gemini.live.LiveConnection;
import dev.parley.gemini.live.LiveConnection.Picture;
import dev.parley.gemini.live.LiveRequest;
import dev.parley.gemini.live.LiveUpstream;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The way to the upstream, whichever connection serves it: passes on while one is ready, holds while none is. Every
 * connection has a number, so that what a replaced one still says is not listened to. Confined to the mailbox.
 */
final class UpstreamLink implements AutoCloseable {
    private final LiveUpstream upstream;
    private final UpstreamSession.Hearer hearer;
    private final HeldInput held;
    private final Pictures pictures = new Pictures();

    /** The connection in use or being set up; null before the first and after the last. */
    private @Nullable LiveConnection connection;

    /** Raised with each dial and with each release; events of other numbers are stale. */
    private int number;

    private boolean ready;

    /** The conversation is over; a decoder that is still giving out audio gives it to nobody. */
    private boolean over;

    private long sentAudioBytes;
    private long lostAudioBytes;

    /**
     * A link that holds.
     *
     * @param maxHeldAudioBytes PCM kept while no connection is ready
     */
    UpstreamLink(LiveUpstream upstream, int maxHeldAudioBytes, UpstreamSession.Hearer hearer) {
        this.upstream = upstream;
        this.hearer = hearer;
        this.held = new HeldInput(maxHeldAudioBytes);
    }

    /** Dials; the old connection, if any, is closed before: the upstream refuses two of one session. */
    void dial(LiveRequest request) {
        release();
        int dialled = number;
        connection = upstream.connect(request, event -> hearer.heard(dialled, event));
    }

    /** Whether {@code connection} is the one in use. */
    boolean listensTo(int connectionNumber) {
        return connectionNumber == number && connection != null;
    }

    /** The connection is set up: sends what was held; answers how much audio that was. */
    Duration open() {
        LiveConnection opened = connection;
        if (opened == null) {
            return Duration.ZERO;
        }
        ready = true;
        pictures.sendTo(opened); // behind seconds of audio it would be out of date
        int replayed = held.replayTo(opened);
        sentAudioBytes += replayed;
        return Pcm.duration(replayed, Pcm.INPUT_RATE);
    }

    /** Passes a PCM message on, or holds it; false when it was lost because the connection takes no more. */
    boolean audio(byte[] pcm, int offset, int length) {
        if (over) {
            return true;
        }
        LiveConnection open = connection;
        if (!ready || open == null) {
            held.holdAudio(pcm, offset, length);
            return true;
        }
        if (open.sendAudio(pcm, offset, length)) {
            sentAudioBytes += length;
            return true;
        }
        if (!open.isOpen()) { // lost, and about to say so: what is said now is for the connection that follows
            held.holdAudio(pcm, offset, length);
            return true;
        }
        lostAudioBytes += length;
        return false;
    }

    /**
     * Passes a text or a turn mark on, or holds it; false when it was lost.
     *
     * @param chars how long a text is; 0 for a turn mark
     */
    boolean control(int chars, Predicate<LiveConnection> send) {
        LiveConnection open = connection;
        if (ready && open != null) {
            boolean sent = send.test(open);
            if (sent || open.isOpen()) {
                return sent;
            }
        }
        return held.holdControl(chars, send);
    }

    /** Passes a picture on, past what waits, or keeps it if it is the newest. */
    void picture(Picture picture) {
        if (!over) {
            pictures.take(picture, ready ? connection : null);
        }
    }

    Pictures pictures() {
        return pictures;
    }

    /** Lets go of the connection; what comes now is held. */
    void release() {
        LiveConnection released = letGo();
        if (released != null) {
            released.close();
        }
    }

    private @Nullable LiveConnection letGo() {
        LiveConnection last = connection;
        connection = null;
        ready = false;
        number++;
        return last;
    }

    /** Audio sent, held audio included once it has left. */
    long sentAudioBytes() {
        return sentAudioBytes;
    }

    /** Audio lost since the last call, because a bound was reached. */
    Duration takeLost() {
        long lost = lostAudioBytes + held.takeDroppedAudioBytes();
        lostAudioBytes = 0;
        return Pcm.duration(lost, Pcm.INPUT_RATE);
    }

    @Override
    public void close() {
        over = true;
        held.clear();
        pictures.clear();
        LiveConnection last = letGo();
        if (last != null) {
            last.abort(); // the slot is given back next: nothing may linger on it
        }
    }
}
