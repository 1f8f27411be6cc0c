package dev.parley.conversation.delivery;

import dev.parley.gemini.live.LiveConnection.Picture;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * What the person shows, on its way to the upstream: sent at once, or the newest one kept while no connection is ready. All others
 * are dropped and counted. Confined to the mailbox.
 */
public final class Pictures {
    private final Clock clock;

    /** Null while none is ready. */
    private @Nullable GivenInput connection;

    private @Nullable Picture newest;
    private int sent;
    private int dropped;

    Pictures(Clock clock) {
        this.clock = clock;
    }

    /** The next picture. */
    public void take(Picture picture) {
        drop();
        newest = picture;
        send();
    }

    /** A connection is ready: what is kept leaves before all that is held. */
    void connected(GivenInput ready) {
        connection = ready;
        send();
    }

    /** No connection is ready any more. */
    void disconnected() {
        connection = null;
    }

    /** A connection that takes nothing any more leaves the picture to the next one. */
    private void send() {
        GivenInput ready = connection;
        Picture leaving = newest;
        if (ready == null || leaving == null) {
            return;
        }
        Piece piece = Piece.mark(Piece.Kind.PICTURE, false, taker -> taker.sendPicture(leaving));
        if (ready.give(piece, clock.millis())) {
            newest = null;
            sent++;
        } else if (ready.connection().isOpen()) {
            drop(); // something waits already: what comes in a second is newer
        }
    }

    private void drop() {
        if (newest != null) {
            newest = null;
            dropped++;
        }
    }

    /** Nothing is shown any more. */
    void close() {
        drop();
    }

    /** Pictures that were handed to a connection. */
    public int sent() {
        return sent;
    }

    /** Pictures that were not. */
    public int dropped() {
        return dropped;
    }
}
