package dev.parley.gemini.settings;

import dev.parley.shared.settings.SettingsReader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Where to dial: the configured endpoint when there is a key, otherwise the simulator on this very server, whose
 * address is known only when the server listens. Any thread.
 */
@ApplicationScoped
public class LiveAddress {
    private static final System.Logger LOG = System.getLogger(LiveAddress.class.getName());

    private final boolean simulated;
    private final AtomicReference<@Nullable URI> base = new AtomicReference<>();

    /** For CDI's client proxy only. */
    protected LiveAddress() {
        simulated = true;
    }

    /** Decides by the keys who answers. */
    @Inject
    public LiveAddress(SettingsReader reader, ApiKeys keys) {
        simulated = keys.keys().isEmpty();
        if (!simulated) {
            base.set(LiveSettings.read(reader).endpoint());
        } else if (reader.text("parley.gemini.endpoint").isPresent()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "parley.gemini.endpoint is set, but there is no key: the simulator answers. Set GEMINI_API_KEY to"
                            + " use the endpoint");
        }
    }

    /** Whether the simulator answers, because no key is configured. */
    public boolean simulated() {
        return simulated;
    }

    /**
     * Tells where this server listens, such as {@code http://127.0.0.1:8080/}; the Live path is appended. Ignored when
     * a key is configured.
     */
    public void useLocal(URI address) {
        if (simulated) {
            base.set(address);
        }
    }

    /** The base to dial; empty until the simulator's address is known. */
    public Optional<URI> base() {
        return Optional.ofNullable(base.get());
    }
}
