package dev.parley.gemini.models;

import dev.parley.gemini.message.ServerMessage;
import dev.parley.gemini.rest.http.Call;
import dev.parley.gemini.rest.http.CallBody;
import dev.parley.gemini.rest.http.RestTransport;
import dev.parley.shared.execution.Cancellation;
import dev.parley.shared.settings.ApiKey;
import dev.parley.shared.settings.SettingsReader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Asks Google itself whether it takes a key, or lets this server use a project of Vertex AI, and whether it has a model (Gemini
 * API reference, "Models"). Keeps nothing, and costs no tokens. Blocks, for {@code patience} of silence at most and the time
 * that a new access token takes; any thread.
 */
@ApplicationScoped
public class ModelProbe {
    private static final int MOST_BYTES = 1 << 20;

    private static final String ONE_WORD = "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hello\"}]}]}";

    private final RestTransport transport;
    private final String batchModel;

    /** For CDI's client proxy only, which has no use for the fields. */
    @SuppressWarnings("NullAway") // the proxy's own fields are never read
    protected ModelProbe() {
        transport = null;
        batchModel = "";
    }

    /** Asks over this transport. */
    @Inject
    public ModelProbe(SettingsReader reader, RestTransport transport) {
        this.transport = transport;
        batchModel = BatchOffer.read(reader).defaultModel();
    }

    /** Whether there is a list of models to ask; Vertex AI has none. */
    public boolean hasList() {
        return !transport.service().isVertex();
    }

    /**
     * Returns when the credentials are good for {@code key}: a key asks for the list of models, a project has the tokens of one
     * word counted, for which it needs credentials, API and role as for everything else.
     *
     * @throws dev.parley.shared.failure.ParleyException with a sentence that an operator can act on; of kind
     *     {@link dev.parley.gemini.failure.RestFailure} when it was Google that did not take it, or did not answer
     * @throws java.util.concurrent.CancellationException when it was called off
     */
    public void key(ApiKey key, Duration patience, Cancellation cancellation) {
        if (hasList()) {
            ask("models?pageSize=1", key, "", patience, cancellation);
            return;
        }
        Call call = Call.of("POST", transport.target(batchModel, "countTokens"), key, patience)
                .about(batchModel)
                .with("Content-Type", "application/json")
                .with(CallBody.of(ONE_WORD));
        transport.exchange(call, cancellation, reply -> reply.text(MOST_BYTES));
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
