package dev.parley.gemini.tyrus;

import dev.parley.gemini.connection.Line;
import dev.parley.shared.socket.Wire;
import java.io.IOException;
import java.nio.channels.AsynchronousSocketChannel;
import org.jspecify.annotations.Nullable;

/** A Tyrus client session as a line: its wire, and the socket under it where the container told of one. */
final class TyrusLine implements Line {
    private final TyrusWire wire;
    private final @Nullable AsynchronousSocketChannel socket;

    TyrusLine(TyrusWire wire, @Nullable AsynchronousSocketChannel socket) {
        this.wire = wire;
        this.socket = socket;
    }

    @Override
    public Wire wire() {
        return wire;
    }

    @Override
    public void close(int code, String reason) {
        wire.closeSession(code, reason);
    }

    @Override
    public boolean closedHere() {
        return wire.closedHere();
    }

    /**
     * Tyrus closes a socket only after everything written before, which is never when the peer does not read. The end
     * of the input, on the other hand, makes it close at once.
     */
    @Override
    public void hangUp() {
        if (socket != null && socket.isOpen()) {
            try {
                socket.shutdownInput();
            } catch (IOException | RuntimeException ignored) {
                // closed meanwhile
            }
        }
    }
}
