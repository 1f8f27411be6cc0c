package dev.parley.operations.metrics;

import dev.parley.shared.figures.FigureBoard;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/** Makes meters of figures. One thread; what it made is read on any. */
final class MeterBoard implements FigureBoard {
    static final String PREFIX = "parley.";

    private final MeterRegistry registry;

    /** Meters hold what they read weakly. */
    private final List<DoubleSupplier> kept = new ArrayList<>();

    MeterBoard(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void total(String name, String unit, String help, Map<String, String> labels, DoubleSupplier total) {
        kept.add(total);
        FunctionCounter.builder(PREFIX + name, total, DoubleSupplier::getAsDouble)
                .description(help)
                .baseUnit(unit.isEmpty() ? null : unit)
                .tags(tags(labels))
                .register(registry);
    }

    @Override
    public void level(String name, String unit, String help, Map<String, String> labels, DoubleSupplier now) {
        Gauge.builder(PREFIX + name, now::getAsDouble)
                .strongReference(true)
                .description(help)
                .baseUnit(unit.isEmpty() ? null : unit)
                .tags(tags(labels))
                .register(registry);
    }

    private static Tags tags(Map<String, String> labels) {
        return Tags.of(labels.entrySet().stream()
                .map(label -> Tag.of(label.getKey(), label.getValue()))
                .toList());
    }
}
