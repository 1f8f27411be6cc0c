package dev.parley.conversation.line;

import dev.parley.conversation.ledger.Pcm;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Model audio that the client may not have heard yet, for when it comes back. Bounded; beyond the bound the oldest is
 * forgotten, and the loss can be asked for. The bytes are those that wait in the client's queue, not copies. Confined to
 * the mailbox.
 */
final class UnheardAudio {
    /** A minute of audio at 24 kHz. */
    static final int MOST_BYTES = 60 * 2 * Pcm.OUTPUT_RATE;

    private final ArrayDeque<Chunk> chunks = new ArrayDeque<>();
    private int bytes;
    private int turn;
    private long spokenMicros;

    /** What the client has, as it says. */
    private Position heard = Position.BEGINNING;

    /** Where in its turn audio begins and ends. */
    private record Chunk(int turn, long fromMicros, long toMicros, int rate, ByteBuffer pcm) {}

    /** A place in the audio of a turn. */
    record Position(int turn, Duration played) {
        static final Position BEGINNING = new Position(0, Duration.ZERO);
    }

    /**
     * What is to be played again.
     *
     * @param parts in order
     * @param forgotten audio before it that is not kept any more
     */
    record Rest(List<Part> parts, Duration forgotten) {}

    /** Audio of one turn. */
    record Part(int turn, ByteBuffer pcm) {}

    /** Audio of that turn comes. */
    void add(int ofTurn, ByteBuffer pcm, int rate) {
        if (ofTurn != turn) {
            turn = ofTurn;
            spokenMicros = 0;
        }
        long from = spokenMicros;
        spokenMicros += pcm.remaining() * 500_000L / rate;
        chunks.add(new Chunk(ofTurn, from, spokenMicros, rate, pcm.asReadOnlyBuffer()));
        bytes += pcm.remaining();
        while (bytes > MOST_BYTES) {
            bytes -= chunks.remove().pcm.remaining();
        }
    }

    /** The client has everything up to there. */
    void heard(Position position) {
        heard = position.turn >= heard.turn ? position : heard;
        while (!chunks.isEmpty() && isBefore(chunks.peek(), position)) {
            bytes -= chunks.remove().pcm.remaining();
        }
    }

    private static boolean isBefore(Chunk chunk, Position position) {
        return chunk.turn < position.turn || (chunk.turn == position.turn && chunk.toMicros <= micros(position.played));
    }

    /** Nobody is to hear the rest: the person cut in. */
    void clear() {
        chunks.clear();
        bytes = 0;
    }

    /** What the client says that it has. */
    Position heard() {
        return heard;
    }

    /** Where it ends. */
    Position end() {
        return new Position(turn, Duration.ofNanos(1000 * spokenMicros));
    }

    /** What follows that position. */
    Rest after(Position position) {
        heard(position);
        List<Part> rest = new ArrayList<>();
        for (Chunk chunk : chunks) {
            ByteBuffer pcm = chunk.pcm.duplicate();
            if (chunk.turn == position.turn && chunk.fromMicros < micros(position.played)) {
                long skipped = (micros(position.played) - chunk.fromMicros) * chunk.rate / 1_000_000;
                pcm.position(pcm.position() + (int) Math.min(pcm.remaining(), 2 * skipped));
            }
            rest.add(new Part(chunk.turn, pcm));
        }
        return new Rest(rest, forgottenAfter(position));
    }

    private Duration forgottenAfter(Position position) {
        Chunk first = chunks.peek();
        if (first == null) {
            return Duration.ZERO;
        }
        long wanted = first.turn == position.turn ? micros(position.played) : 0;
        return Duration.ofMillis(Math.max(0, first.fromMicros - wanted) / 1000);
    }

    private static long micros(Duration played) {
        return played.toNanos() / 1000;
    }
}
