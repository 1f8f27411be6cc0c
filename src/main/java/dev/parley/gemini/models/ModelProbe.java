package dev.parley.gemini.models;

import dev.parley.gemini.message.ServerMessage;
import dev.parley.gemini.rest.http.Call;
import dev.parley.gemini.rest.http.RestTransport;
import dev.parley.shared.execution.Cancellation;
import dev.parley.shared.settings.ApiKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Asks Gemini itself whether it takes a key, and whether it has a model (Gemini API reference, "Models"). Keeps nothing, and
 * costs no tokens. Blocks; any thread.
 */
@ApplicationScoped
public class ModelProbe {
    private static final int MOST_BYTES = 1 << 20;

    private final RestTransport transport;

    /** For CDI's client proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own field is never read
    protected ModelProbe() {
        transport = null;
    }

    /** Asks over this transport. */
    @Inject
    public ModelProbe(RestTransport transport) {
        this.transport = transport;
    }

    /**
     * Returns when Gemini takes the key.
     *
     * @throws dev.parley.gemini.failure.RestFailure when it does not, or does not answer
     */
    public void key(ApiKey key, Duration patience, Cancellation cancellation) {
        ask("models?pageSize=1", key, "", patience, cancellation);
    }

    /**
     * What a model can do, such as {@code bidiGenerateContent}.
     *
     * @throws dev.parley.gemini.failure.RestFailure with status 404 when there is no such model
     */
    public Set<String> methods(ApiKey key, String model, Duration patience, Cancellation cancellation) {
        return ServerMessage.read(ask("models/" + model, key, model, patience, cancellation)).stream()
                .flatMap(told -> told.texts("supportedGenerationMethods"))
                .collect(Collectors.toSet());
    }

    private String ask(String path, ApiKey key, String model, Duration patience, Cancellation cancellation) {
        Call call = Call.of("GET", transport.target(transport.version() + "/" + path), key, patience)
                .about(model);
        return transport.exchange(call, cancellation, reply -> reply.text(MOST_BYTES));
    }
}
