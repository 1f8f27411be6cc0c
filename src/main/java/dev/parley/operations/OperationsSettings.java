package dev.parley.operations;

import dev.parley.shared.settings.SettingsReader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Everything that this room can be told. Immutable; any thread. */
@ApplicationScoped
public class OperationsSettings {
    private final Duration drainTime;
    private final Optional<URI> address;

    /** For CDI's client proxy only. */
    protected OperationsSettings() {
        drainTime = Duration.ZERO;
        address = Optional.empty();
    }

    /** Reads {@code parley.operations.*}. */
    @Inject
    public OperationsSettings(SettingsReader reader) {
        drainTime = reader.duration(
                "parley.operations.drain-time", Duration.ofSeconds(30), Duration.ZERO, Duration.ofHours(1));
        address = reader.uri("parley.operations.address", List.of("http", "https"));
    }

    /** How long conversations may go on once the node is drained. */
    public Duration drainTime() {
        return drainTime;
    }

    /** Where people reach this server, with the context path; empty: learned from requests. */
    public Optional<URI> address() {
        return address;
    }
}
