package dev.parley.load;

import dev.parley.load.speech.WebmSource.Sent;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** What the process that plays Gemini saw. Immutable. */
final class Report {
    // The resampler's delay, the decoder's pre-skip and a remainder of less than a packet may still be on the way.
    private static final long SLACK_SAMPLES = 320;

    private final long received;
    private final long reordered;
    private final long damaged;
    private final long[] latencies;
    // For each, in the order of their setups, pairs of arrival time and samples; −1 ends a stream.
    private final List<long[]> connections;

    private Report(long received, long reordered, long damaged, long[] latencies, List<long[]> connections) {
        this.received = received;
        this.reordered = reordered;
        this.damaged = damaged;
        this.latencies = latencies;
        this.connections = connections;
    }

    static Report parse(String base64) throws IOException {
        DataInputStream in =
                new DataInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
        long received = in.readLong();
        long reordered = in.readLong();
        long damaged = in.readLong();
        long[] latencies = longs(in);
        List<long[]> connections = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            connections.add(longs(in));
        }
        return new Report(received, reordered, damaged, latencies, connections);
    }

    /** Whole marked chunks. */
    long received() {
        return received;
    }

    /** Chunks that came after a later one, or not as they were sent. */
    long outOfOrder() {
        return reordered + damaged;
    }

    /** Of marked chunks, nanoseconds. */
    long[] latencies() {
        return latencies.clone();
    }

    private static long[] longs(DataInputStream in) throws IOException {
        long[] values = new long[in.readInt()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readLong();
        }
        return values;
    }

    /** How late the audio of each chunk that completed a packet came; −1 where it never did. */
    List<Arrival> compare(int connection, List<Sent> sent) {
        long[] log = connections.get(connection);
        List<Arrival> arrivals = new ArrayList<>();
        int at = 0;
        int stream = 0;
        long have = 0;
        Sent before = new Sent(0, 0, 0);
        for (Sent chunk : sent) {
            boolean completes = chunk.samples() > (chunk.stream() == before.stream() ? before.samples() : 0);
            before = chunk;
            if (!completes) {
                continue;
            }
            while (at < log.length
                    && (stream < chunk.stream()
                            || (stream == chunk.stream() && have < chunk.samples() - SLACK_SAMPLES))) {
                if (log[at + 1] < 0) {
                    stream++;
                    have = 0;
                } else {
                    have += log[at + 1];
                }
                at += 2;
            }
            boolean came = at > 0 && stream == chunk.stream() && have >= chunk.samples() - SLACK_SAMPLES;
            arrivals.add(new Arrival(chunk.nanos(), came ? log[at - 2] - chunk.nanos() : -1));
        }
        return arrivals;
    }

    /** A chunk's time of sending, and how long its audio took; −1 when it never came. */
    record Arrival(long sentNanos, long latencyNanos) {}
}
