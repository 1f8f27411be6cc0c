package dev.parley.operations.metrics;

import dev.parley.shared.figures.FigureSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;

/** The application's one registry, from its start to its end: rooms' figures, conversations' meters, the JVM's. Any thread. */
@ApplicationScoped
class Metrics {
    /** Prometheus' text format (prometheus.io/docs/instrumenting/exposition_formats). */
    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final MeterBoard board = new MeterBoard(registry);
    private final Instance<FigureSource> sources;

    /** For CDI's client proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own fields are never read
    protected Metrics() {
        sources = null;
    }

    @Inject
    Metrics(@Any Instance<FigureSource> sources) {
        this.sources = sources;
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object started) {
        sources.forEach(source -> source.show(board));
        List<MeterBinder> machine = List.of(
                new JvmMemoryMetrics(),
                collections,
                new JvmThreadMetrics(),
                new ClassLoaderMetrics(),
                new ProcessorMetrics(),
                new UptimeMetrics(),
                new FileDescriptorMetrics());
        machine.forEach(binder -> binder.bindTo(registry));
    }

    /** Where meters are made. */
    MeterRegistry registry() {
        return registry;
    }

    /** Everything, as text of {@link #CONTENT_TYPE}. */
    String scrape() {
        return registry.scrape();
    }

    /** The JVM's notifications would hold the application's classes. */
    @PreDestroy
    void stop() {
        collections.close();
        registry.close();
    }
}
