package dev.parley.gemini.models;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.gemini.failure.RestFailure;
import dev.parley.gemini.message.ServerMessage;
import dev.parley.gemini.models.ModelChoices.LiveModel;
import dev.parley.gemini.rest.http.Call;
import dev.parley.gemini.rest.http.RestTransport;
import dev.parley.gemini.settings.ApiKeys;
import dev.parley.gemini.settings.LiveAddress;
import dev.parley.gemini.settings.LiveOffer;
import dev.parley.gemini.settings.LiveSettings;
import dev.parley.shared.execution.Cancellation;
import dev.parley.shared.execution.MayBlock;
import dev.parley.shared.execution.Timers;
import dev.parley.shared.settings.ApiKey;
import dev.parley.shared.settings.SettingsReader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The choice of models: what the operator offers, less what Google does not serve now. Google is asked when somebody
 * wants to know, and again ten minutes later at the earliest; while it does not answer, what was known last holds (at
 * first the whole offer), and it is asked again after a minute. Vertex AI does not tell, so there the whole offer is the
 * choice. The defaults are always there: what names no model gets them in any case. Thread safe; never blocks.
 */
@ApplicationScoped
public class ModelCatalogue {
    static final Duration FRESH = Duration.ofMinutes(10);
    static final Duration AFTER_FAILURE = Duration.ofMinutes(1);

    /** How long somebody who asks waits for Google; who asks next gets what came meanwhile. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration PROBE_PATIENCE = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 4 << 20;
    private static final System.Logger LOG = System.getLogger(ModelCatalogue.class.getName());

    private final RestTransport transport;
    private final LiveAddress address;
    private final ApiKey key;
    private final LiveOffer live;
    private final BatchOffer batch;
    private final Executor executor;
    private final Clock clock;
    private final Timers timers;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private Map<String, Served> served = Map.of();

    @GuardedBy("lock")
    private Instant askAgain = Instant.MIN;

    @GuardedBy("lock")
    private @Nullable CompletableFuture<ModelChoices> asking;

    /** A model as Google tells it. */
    private record Served(String title, List<String> methods) {}

    /** For CDI's client proxy only, which has no use for the fields. */
    @SuppressWarnings("NullAway") // the proxy's own fields are never read
    protected ModelCatalogue() {
        transport = null;
        address = null;
        key = ApiKey.SIMULATOR;
        live = null;
        batch = null;
        executor = null;
        clock = null;
        timers = null;
    }

    /** Reads the offer. */
    @Inject
    public ModelCatalogue(
            SettingsReader reader,
            RestTransport transport,
            LiveAddress address,
            ApiKeys keys,
            @MayBlock Executor executor,
            Clock clock,
            Timers timers) {
        this.transport = transport;
        this.address = address;
        this.executor = executor;
        this.clock = clock;
        this.timers = timers;
        key = keys.keys().stream().findFirst().orElse(ApiKey.SIMULATOR);
        live = LiveSettings.read(reader).offer();
        batch = BatchOffer.read(reader);
    }

    /** The choices, at once or within two seconds; never fails. */
    public CompletionStage<ModelChoices> current() {
        CompletableFuture<ModelChoices> answer;
        if (!transport.service().tellsModels()) {
            return CompletableFuture.completedFuture(known());
        }
        synchronized (lock) {
            if (asking == null && clock.instant().isBefore(askAgain)) {
                return CompletableFuture.completedFuture(choices(served));
            }
            if (asking != null) {
                return asking;
            }
            answer = new CompletableFuture<>();
            asking = answer;
        }
        try {
            timers.schedule(PATIENCE, () -> makeDo(answer));
            executor.execute(this::ask);
        } catch (RuntimeException refused) { // the server is being stopped
            settle(Optional.empty());
        }
        return answer;
    }

    /** Whoever waits must be answered, if need be on the timer's thread. */
    private void makeDo(CompletableFuture<ModelChoices> answer) {
        try {
            executor.execute(() -> answer.complete(known()));
        } catch (RuntimeException refused) {
            answer.complete(known());
        }
    }

    private void ask() {
        Optional<Map<String, Served>> answer = Optional.empty();
        try {
            Call call = Call.of(
                    "GET", transport.target(transport.version() + "/models?pageSize=1000"), key, PROBE_PATIENCE);
            answer = Optional.of(transport.exchange(call, new Cancellation(), reply -> read(reply.text(MOST_BYTES))));
        } catch (RestFailure failure) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Gemini did not tell its models; the known ones are offered: {0}",
                    failure.details());
        } catch (RuntimeException failure) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Gemini's models could not be read; the known ones are offered",
                    failure);
        }
        settle(answer.filter(models -> !models.isEmpty()));
    }

    private void settle(Optional<Map<String, Served>> answer) {
        CompletableFuture<ModelChoices> waiting;
        ModelChoices choices;
        synchronized (lock) {
            answer.ifPresent(models -> served = models);
            askAgain = clock.instant().plus(answer.isPresent() ? FRESH : AFTER_FAILURE);
            waiting = asking;
            asking = null;
            choices = choices(served);
        }
        if (waiting != null) {
            waiting.complete(choices);
        }
    }

    private ModelChoices known() {
        synchronized (lock) {
            return choices(served);
        }
    }

    private ModelChoices choices(Map<String, Served> now) {
        return new ModelChoices(
                live.models().stream()
                        .filter(name -> name.equals(live.model()) || isServed(now, name, "bidiGenerateContent"))
                        .map(name -> new LiveModel(name, title(now, name, name)))
                        .toList(),
                batch.models().stream()
                        .filter(model -> model.name().equals(batch.defaultModel())
                                || isServed(now, model.name(), "generateContent"))
                        .map(model -> new BatchModel(
                                model.name(),
                                title(now, model.name(), model.title()),
                                model.kind(),
                                model.description()))
                        .toList(),
                live.model(),
                batch.defaultModel(),
                address.simulated());
    }

    private static boolean isServed(Map<String, Served> now, String name, String method) {
        Served model = now.get(name);
        return now.isEmpty() || (model != null && model.methods().contains(method));
    }

    private static String title(Map<String, Served> now, String name, String otherwise) {
        Served model = now.get(name);
        return model == null || model.title().isBlank() ? otherwise : model.title();
    }

    private static Map<String, Served> read(String json) {
        Map<String, Served> models = new LinkedHashMap<>();
        ServerMessage.read(json).stream()
                .flatMap(list -> list.objects("models"))
                .forEach(model -> model.text("name")
                        .map(name -> name.startsWith("models/") ? name.substring("models/".length()) : name)
                        .ifPresent(name -> models.put(
                                name,
                                new Served(
                                        model.text("displayName").orElse(""),
                                        model.texts("supportedGenerationMethods")
                                                .toList()))));
        return models;
    }
}
