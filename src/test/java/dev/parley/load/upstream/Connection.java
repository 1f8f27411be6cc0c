package dev.parley.load.upstream;

import dev.parley.load.wire.FrameReader;
import dev.parley.load.wire.FrameWriter;
import dev.parley.load.wire.Mark;
import dev.parley.load.wire.Opcode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One client: the tested server's Live connection, or the load tool asking for the report over plain HTTP. */
final class Connection {
    private static final byte[] DATA = "\"data\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SETUP = "{\"setup\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] AUDIO = "\"audio\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] STREAM_END = "\"audioStreamEnd\"".getBytes(StandardCharsets.US_ASCII);
    // Key words stand at the head of a message; the audio itself need not be searched.
    private static final int HEAD = 120;

    private final SocketChannel channel;
    private final Ledger ledger;
    private final FrameReader frames = new FrameReader();
    private final FrameWriter writer;
    private final ByteBuffer request = ByteBuffer.allocate(8 * 1024);
    private final ByteBuffer chunk = ByteBuffer.allocate(Mark.CHUNK_BYTES);
    private Ledger.@Nullable Arrivals arrivals;
    private boolean upgraded;
    private @Nullable Boolean marked;

    Connection(SocketChannel channel, Ledger ledger) {
        this.channel = channel;
        this.ledger = ledger;
        writer = new FrameWriter(channel, false);
    }

    /** The socket can be read or written. */
    void ready(SelectionKey key) {
        try {
            if (key.isReadable() && !read()) {
                channel.close();
                return;
            }
            key.interestOps(writer.flush() ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        } catch (IOException e) {
            closeQuietly();
        }
    }

    private boolean read() throws IOException {
        if (!upgraded) {
            return channel.read(request) >= 0 && handshake();
        }
        int read = channel.read(frames.space());
        long now = System.nanoTime();
        frames.drain((opcode, payload) -> frame(opcode, payload, now));
        return read >= 0 && channel.isOpen();
    }

    private boolean handshake() throws IOException {
        String head = new String(request.array(), 0, request.position(), StandardCharsets.ISO_8859_1);
        int end = head.indexOf("\r\n\r\n");
        if (end < 0) {
            return request.hasRemaining();
        }
        if (head.startsWith("GET /load/")) {
            answerTool(head);
            return true;
        }
        writer.raw("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + accept(header(head, "sec-websocket-key")) + "\r\n\r\n");
        upgraded = true;
        ByteBuffer space = frames.space();
        space.put(request.array(), end + 4, request.position() - end - 4);
        long now = System.nanoTime();
        frames.drain((opcode, payload) -> frame(opcode, payload, now));
        return channel.isOpen();
    }

    private void answerTool(String head) throws IOException {
        String body = "";
        if (head.startsWith("GET /load/clock ")) {
            body = Long.toString(System.nanoTime());
        } else if (head.startsWith("GET /load/forget-latencies ")) {
            ledger.forgetLatencies();
        } else if (head.startsWith("GET /load/new-round ")) {
            ledger.newRound();
        } else if (head.startsWith("GET /load/report ")) {
            body = Base64.getEncoder().encodeToString(ledger.report());
        }
        writer.raw("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        request.clear();
    }

    private void frame(int opcode, ByteBuffer payload, long now) throws IOException {
        switch (opcode) {
            case Opcode.TEXT, Opcode.BINARY -> message(payload, now);
            case Opcode.PING -> writer.frame(Opcode.PONG, payload);
            case Opcode.CLOSE -> {
                writer.frame(Opcode.CLOSE, payload);
                channel.close();
            }
            default -> {
                // a pong
            }
        }
    }

    private void message(ByteBuffer payload, long now) throws IOException {
        if (find(payload, SETUP, SETUP.length) == 0) {
            arrivals = ledger.newConnection();
            writer.text("{\"setupComplete\":{}}");
        } else if (arrivals != null && find(payload, AUDIO, HEAD) >= 0) {
            int start = find(payload, DATA, HEAD);
            if (start >= 0) {
                audio(arrivals, base64(payload, start + DATA.length), now);
            }
        } else if (arrivals != null && find(payload, STREAM_END, HEAD) >= 0) {
            arrivals.endOfStream(now);
        }
    }

    private void audio(Ledger.Arrivals into, ByteBuffer pcm, long now) {
        into.samples(pcm.remaining() / 2, now);
        // Only marked PCM comes in whole chunks of a known size; decoded Opus is counted in samples.
        if (marked == null) {
            marked = pcm.remaining() >= Long.BYTES && Mark.isMarked(pcm.slice());
        }
        while (marked && pcm.hasRemaining()) {
            int length = Math.min(chunk.remaining(), pcm.remaining());
            chunk.put(chunk.position(), pcm, pcm.position(), length).position(chunk.position() + length);
            pcm.position(pcm.position() + length);
            if (!chunk.hasRemaining()) {
                chunk.clear();
                ledger.chunk(chunk, now);
            }
        }
    }

    private static ByteBuffer base64(ByteBuffer payload, int from) {
        int end = from;
        while (end < payload.limit() && payload.get(end) != '"') {
            end++;
        }
        return Base64.getDecoder().decode(payload.slice(from, end - from));
    }

    private static int find(ByteBuffer payload, byte[] word, int within) {
        int last = Math.min(payload.limit(), within) - word.length;
        for (int at = 0; at <= last; at++) {
            int same = 0;
            while (same < word.length && payload.get(at + same) == word[same]) {
                same++;
            }
            if (same == word.length) {
                return at;
            }
        }
        return -1;
    }

    private static String header(String head, String name) throws IOException {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElseThrow(() -> new IOException("A handshake without " + name));
    }

    private static String accept(String key) throws IOException {
        try {
            // RFC 6455 §4.2.2
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private void closeQuietly() {
        try {
            channel.close();
        } catch (IOException ignored) {
            // it is gone either way
        }
    }
}
