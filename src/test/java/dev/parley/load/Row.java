package dev.parley.load;

import java.util.Arrays;
import java.util.Locale;

/** One line of the table. */
record Row(
        int conversations,
        double serverCpuMillisPerConversationSecond,
        Quantiles latency,
        long sent,
        long lost,
        long reordered,
        int threads,
        double heapKilobytesPerConversation,
        double toolCpuPercent) {

    static final String HEAD = """
            | conversations | server CPU ms per conversation-second | added one-way p50 ms | p99 ms | max ms | chunks | lost | reordered | server threads | live heap KB per conversation | tool and Gemini CPU % of one core |
            |--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
            """;

    /** Milliseconds; NaN of nothing. */
    record Quantiles(double p50, double p99, double max) {
        static Quantiles of(long[] nanos) {
            long[] sorted = nanos.clone();
            Arrays.sort(sorted);
            return new Quantiles(millis(sorted, 0.5), millis(sorted, 0.99), millis(sorted, 1));
        }

        private static double millis(long[] sorted, double quantile) {
            int rank = (int) Math.ceil(quantile * sorted.length);
            return sorted.length == 0 ? Double.NaN : sorted[Math.max(0, rank - 1)] / 1e6;
        }
    }

    String markdown() {
        return String.format(
                Locale.ROOT,
                "| %d | %.2f | %.2f | %.2f | %.2f | %d | %d | %d | %d | %.0f | %.0f |%n",
                conversations,
                serverCpuMillisPerConversationSecond,
                latency.p50,
                latency.p99,
                latency.max,
                sent,
                lost,
                reordered,
                threads,
                heapKilobytesPerConversation,
                toolCpuPercent);
    }
}
