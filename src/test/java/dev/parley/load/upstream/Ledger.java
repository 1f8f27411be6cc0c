package dev.parley.load.upstream;

import dev.parley.load.wire.Mark;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What arrived in this round. Used by the one thread of {@link FakeGemini}. */
final class Ledger {
    /** Written instead of a number of samples where a stream of audio ended. */
    static final long END_OF_STREAM = -1;

    private final List<Arrivals> connections = new ArrayList<>();
    private final Map<Integer, Integer> lastSequence = new HashMap<>();
    private final Longs latencies = new Longs();
    private long received;
    private long reordered;
    private long damaged;

    /** A new connection; they are numbered in the order of their setups. */
    Arrivals newConnection() {
        Arrivals arrivals = new Arrivals();
        connections.add(arrivals);
        return arrivals;
    }

    /** A whole chunk of {@link Mark#CHUNK_BYTES} arrived. */
    void chunk(ByteBuffer chunk, long arrivalNanos) {
        if (!Mark.isMarked(chunk)) {
            damaged++;
            return;
        }
        received++;
        latencies.add(arrivalNanos - Mark.sentNanos(chunk));
        Integer before = lastSequence.put(Mark.conversation(chunk), Mark.sequence(chunk));
        if (before != null && Mark.sequence(chunk) <= before) {
            reordered++;
        }
    }

    /** Begins to collect latencies anew; counts and connections of the round stay. */
    void forgetLatencies() {
        latencies.clear();
    }

    /** Begins a new round. */
    void newRound() {
        latencies.clear();
        lastSequence.clear();
        connections.clear();
        received = 0;
        reordered = 0;
        damaged = 0;
    }

    /** Received, reordered, damaged, the latencies, then for each connection pairs of time and samples. */
    byte[] report() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeLong(received);
        out.writeLong(reordered);
        out.writeLong(damaged);
        latencies.writeTo(out);
        out.writeInt(connections.size());
        for (Arrivals arrivals : connections) {
            arrivals.log.writeTo(out);
        }
        return bytes.toByteArray();
    }

    /** The audio of one connection: when it came, and how much. */
    static final class Arrivals {
        private final Longs log = new Longs();

        /** {@code samples} more came. */
        void samples(long samples, long arrivalNanos) {
            log.add(arrivalNanos);
            log.add(samples);
        }

        /** The stream ended. */
        void endOfStream(long arrivalNanos) {
            log.add(arrivalNanos);
            log.add(END_OF_STREAM);
        }
    }

    private static final class Longs {
        private long[] values = new long[256];
        private int count;

        void add(long value) {
            if (count == values.length) {
                values = Arrays.copyOf(values, count * 2);
            }
            values[count++] = value;
        }

        void clear() {
            count = 0;
        }

        void writeTo(DataOutputStream out) throws IOException {
            out.writeInt(count);
            for (int i = 0; i < count; i++) {
                out.writeLong(values[i]);
            }
        }
    }
}
