package dev.parley.load;

import dev.parley.load.speech.Source;
import dev.parley.load.wire.FrameReader;
import dev.parley.load.wire.FrameWriter;
import dev.parley.load.wire.Opcode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** One browser: opens a conversation, speaks from its source, stops. Used by the thread of {@link Callers} only. */
final class Caller {
    // Not InetAddress.getLoopbackAddress(): it may be ::1.
    private static final InetAddress LOOPBACK = loopback();

    private final SocketChannel channel;
    private final SelectionKey key;
    private final Source source;
    private final FrameReader frames = new FrameReader();
    private final FrameWriter writer;
    private final ByteBuffer response = ByteBuffer.allocate(4 * 1024);
    private boolean upgraded;
    private boolean ready;
    private boolean ended;
    private String lastWord = "nothing";
    private long firstNanos;
    private int next;
    private long chunks;

    Caller(Selector selector, int port, Source source) throws IOException {
        this.source = source;
        channel = SocketChannel.open(new InetSocketAddress(LOOPBACK, port));
        channel.configureBlocking(false);
        channel.socket().setTcpNoDelay(true);
        key = channel.register(selector, SelectionKey.OP_READ, this);
        writer = new FrameWriter(channel, true);
        writer.raw("GET /ws/audio-live HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nOrigin: http://127.0.0.1:" + port
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: bG9hZCB0b29sIGNhbGxlcg==\r\n\r\n");
    }

    private static InetAddress loopback() {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    boolean isReady() {
        return ready;
    }

    boolean hasEnded() {
        return ended;
    }

    /** What the server said last, for the message of a failure. */
    String lastWord() {
        return lastWord;
    }

    /** Chunks sent so far. */
    long chunks() {
        return chunks;
    }

    /** Begins to speak {@code delayNanos} from now. */
    void begin(long nowNanos, long delayNanos) {
        firstNanos = nowNanos + delayNanos - source.dueNanos(0);
        next = 0;
    }

    /** When the next chunk is due, {@link System#nanoTime}. */
    long dueNanos() {
        return firstNanos + source.dueNanos(next);
    }

    /** Sends the next chunk. */
    void speak() throws IOException {
        ByteBuffer chunk = source.chunk(next++, System.nanoTime());
        if (chunk.hasRemaining()) {
            writer.frame(Opcode.BINARY, chunk);
            chunks++;
        } else {
            writer.text("{\"type\":\"audioStreamEnd\"}");
        }
        interest();
    }

    /** Asks for the end of the conversation. */
    void stop() throws IOException {
        writer.text("{\"type\":\"stop\"}");
        interest();
    }

    /** The socket can be read or written. */
    void socketReady() throws IOException {
        if (key.isReadable()) {
            int read = channel.read(upgraded ? frames.space() : response);
            if (!upgraded) {
                handshake();
            } else {
                frames.drain(this::frame);
            }
            if (read < 0) {
                abort();
            }
        }
        if (!ended) {
            interest();
        }
    }

    /** Drops the connection. */
    void abort() throws IOException {
        ended = true;
        channel.close();
    }

    private void interest() throws IOException {
        key.interestOps(writer.flush() ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    }

    private void handshake() throws IOException {
        String head = new String(response.array(), 0, response.position(), StandardCharsets.ISO_8859_1);
        int end = head.indexOf("\r\n\r\n");
        if (end < 0) {
            return;
        }
        if (!head.startsWith("HTTP/1.1 101 ")) {
            throw new IOException("The server refused the WebSocket: "
                    + head.lines().findFirst().orElse(""));
        }
        upgraded = true;
        frames.space().put(response.array(), end + 4, response.position() - end - 4);
        writer.text("{\"type\":\"start\",\"audio\":{\"mimeType\":\"" + source.mimeType() + "\"}}");
        frames.drain(this::frame);
    }

    private void frame(int opcode, ByteBuffer payload) throws IOException {
        switch (opcode) {
            case Opcode.TEXT -> {
                lastWord = StandardCharsets.UTF_8.decode(payload).toString();
                ready |= lastWord.contains("\"type\":\"ready\"");
            }
            case Opcode.PING -> writer.frame(Opcode.PONG, payload);
            case Opcode.CLOSE -> {
                int code = payload.remaining() < 2 ? 1005 : payload.getShort(0) & 0xffff;
                lastWord += "; closed with " + code;
                writer.frame(Opcode.CLOSE, payload);
                abort();
            }
            default -> {
                // model audio or a pong: nothing to do here
            }
        }
    }
}
