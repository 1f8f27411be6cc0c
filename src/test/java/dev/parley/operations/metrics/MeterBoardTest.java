package dev.parley.operations.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.shared.figures.CloseCodes;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MeterBoardTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final MeterBoard board = new MeterBoard(registry);

    private double value(String sample) {
        return MetricsPage.of(registry.scrape()).samples().getOrDefault(sample, Double.NaN);
    }

    @Test
    void figures_are_read_when_somebody_looks_and_outlive_the_collection_of_garbage() {
        AtomicLong number = new AtomicLong(3);
        board.total("things.dropped", "bytes", "Lost.", Map.of("side", "left"), () -> number.get());
        board.level("things", "", "There.", Map.of(), () -> 2 * number.get());
        assertEquals(3, value("parley_things_dropped_bytes_total{side=\"left\"}"));
        System.gc();
        number.set(5);
        assertEquals(5, value("parley_things_dropped_bytes_total{side=\"left\"}"));
        assertEquals(10, value("parley_things"));
    }

    @Test
    void close_codes_are_few_whatever_peers_make_up() {
        CloseCodes codes = new CloseCodes("browser");
        codes.show(board);
        codes.count(1001);
        codes.count(4508);
        for (int code = 3000; code < 3100; code++) {
            codes.count(code);
        }
        assertEquals(1, value("parley_websocket_closes_total{code=\"1001\",side=\"browser\"}"));
        assertEquals(1, value("parley_websocket_closes_total{code=\"4508\",side=\"browser\"}"));
        assertEquals(100, value("parley_websocket_closes_total{code=\"other\",side=\"browser\"}"));
        long series = MetricsPage.of(registry.scrape()).samples().keySet().stream()
                .filter(sample -> sample.startsWith("parley_websocket_closes"))
                .count();
        assertEquals(28, series);
    }
}
