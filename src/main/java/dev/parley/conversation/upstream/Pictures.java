package dev.parley.conversation.upstream;

import dev.parley.gemini.live.LiveConnection;
import dev.parley.gemini.live.LiveConnection.Picture;
import org.jspecify.annotations.Nullable;

/**
 * What the person shows, on its way to the upstream: sent at once, or the newest one kept while no connection is ready. All others
 * are dropped and counted. Confined to the mailbox.
 */
public final class Pictures {
    private @Nullable Picture newest;
    private int sent;
    private int dropped;

    /** The next picture; {@code connection} is null while none is ready. */
    void take(Picture picture, @Nullable LiveConnection connection) {
        clear();
        newest = picture;
        if (connection != null) {
            sendTo(connection);
        }
    }

    /** Sends what is kept; a connection that takes nothing any more leaves it to the next one. */
    void sendTo(LiveConnection connection) {
        Picture leaving = newest;
        if (leaving == null) {
            return;
        }
        if (connection.sendPicture(leaving)) {
            newest = null;
            sent++;
        } else if (connection.isOpen()) {
            clear(); // something waits already: what comes in a second is newer
        }
    }

    void clear() {
        if (newest != null) {
            newest = null;
            dropped++;
        }
    }

    /** Pictures that reached the upstream. */
    public int sent() {
        return sent;
    }

    /** Pictures that did not. */
    public int dropped() {
        return dropped;
    }
}
