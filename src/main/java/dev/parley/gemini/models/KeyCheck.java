package dev.parley.gemini.models;

import dev.parley.gemini.rest.http.Call;
import dev.parley.gemini.rest.http.CallBody;
import dev.parley.gemini.rest.http.RestTransport;
import dev.parley.shared.execution.Cancellation;
import dev.parley.shared.settings.ApiKey;
import dev.parley.shared.settings.SettingsReader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/** Asks Google whether it takes a key, or lets this server use a project of Vertex AI. Thread safe. */
@ApplicationScoped
public class KeyCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 1 << 20;
    private static final String ONE_WORD = "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hello\"}]}]}";

    private final RestTransport transport;
    private final String model;

    /** For CDI's client proxy only, which has no use for the fields. */
    @SuppressWarnings("NullAway") // the proxy's own fields are never read
    protected KeyCheck() {
        transport = null;
        model = "";
    }

    /** Reads the settings. */
    @Inject
    public KeyCheck(SettingsReader reader, RestTransport transport) {
        this.transport = transport;
        model = BatchOffer.read(reader).defaultModel();
    }

    /**
     * Returns when the credentials are good for {@code key}. Costs nothing: a key asks for the list of models, a project
     * has the tokens of one word counted, for which it needs credentials, API and role as for everything else. Blocks,
     * for ten seconds of silence at most and the time that a new access token takes.
     *
     * @throws dev.parley.shared.failure.ParleyException with a sentence that an operator can act on
     */
    public void check(ApiKey key) {
        check(key, new Cancellation());
    }

    /**
     * As {@link #check(ApiKey)}, until it is called off.
     *
     * @throws java.util.concurrent.CancellationException when it was
     */
    public void check(ApiKey key, Cancellation cancellation) {
        Call call = transport.service().isVertex()
                ? Call.of("POST", transport.target(model, "countTokens"), key, PATIENCE)
                        .about(model)
                        .with("Content-Type", "application/json")
                        .with(CallBody.of(ONE_WORD))
                : Call.of("GET", transport.target(transport.version() + "/models?pageSize=1"), key, PATIENCE);
        transport.exchange(call, cancellation, reply -> reply.text(MOST_BYTES));
    }
}
