package dev.parley.operations.metrics;

import dev.parley.conversation.event.ConversationEvent;
import dev.parley.conversation.event.TokenUsage;
import dev.parley.shared.failure.FailureKind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Adds up what observers of conversations are told. In mailboxes: only counts, and waits for nothing. */
@ApplicationScoped
class ConversationMeters {
    /** From a good frame to a bad one; the way through this server. */
    private static final Duration[] FAST = millis(1, 2, 5, 10, 20, 50, 100, 200, 500);

    /** From at once to more than anybody waits for; what a person feels. */
    private static final Duration[] FELT =
            millis(100, 200, 300, 400, 500, 600, 800, 1_000, 1_500, 2_000, 3_000, 5_000, 10_000);

    private static final Duration[] LENGTHS = millis(10_000, 30_000, 60_000, 180_000, 300_000, 600_000, 900_000);

    private static final String MODEL = "model";
    private static final String DIRECTION = "direction";

    private final MeterRegistry registry;

    /** Who answers in conversations that have started and not ended. */
    private final Map<String, String> models = new ConcurrentHashMap<>();

    /** For CDI's client proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own fields are never read
    protected ConversationMeters() {
        registry = null;
    }

    @Inject
    ConversationMeters(Metrics metrics) {
        this(metrics.registry());
    }

    ConversationMeters(MeterRegistry registry) {
        this.registry = registry;
        List.of(true, false).forEach(planned -> handOver(planned)); // so that the first one is seen as a rise
        for (FailureKind kind : FailureKind.values()) {
            ended(kind);
        }
        opened();
    }

    void observe(@Observes ConversationEvent event) {
        if (event instanceof ConversationEvent.Opened) {
            opened().increment();
        } else if (event instanceof ConversationEvent.Started started) {
            String model = KnownWords.model(started.model());
            models.put(started.conversation(), model);
            counter("conversations.started", "", "Conversations that were answered", MODEL, model)
                    .increment();
        } else if (event instanceof ConversationEvent.HandedOver handedOver) {
            handOver(handedOver.planned()).record(handedOver.pause());
        } else if (event instanceof ConversationEvent.TurnTimed turn) {
            timed(turn, models.getOrDefault(turn.conversation(), KnownWords.OTHER));
        } else if (event instanceof ConversationEvent.Spent spent) {
            spent(spent.usage(), models.getOrDefault(spent.conversation(), KnownWords.OTHER));
        } else if (event instanceof ConversationEvent.Ended ended) {
            models.remove(ended.conversation());
            ended(ended.kind()).increment();
            sumUp(ended);
        }
    }

    private Counter opened() {
        return counter("conversations.opened", "", "Connections of clients");
    }

    private Counter ended(FailureKind kind) {
        return counter(
                "conversations.ended",
                "",
                "Conversations that are over, by why; those that nothing was asked of included",
                "kind",
                kind.name(),
                "code",
                Integer.toString(kind.closeCode()));
    }

    private Timer handOver(boolean planned) {
        return timer(
                "handover.pause",
                "Between two upstream connections of one conversation",
                FELT,
                "planned",
                Boolean.toString(planned));
    }

    private void timed(ConversationEvent.TurnTimed turn, String model) {
        turn.forwarded().ifPresent(forwarded -> timer(
                        "turn.forwarded",
                        "From the arrival of the last audio before an answer until it was written to the upstream",
                        FAST)
                .record(forwarded));
        turn.firstAudio().ifPresent(audio -> timer(
                        "turn.first.audio",
                        "From the end of what the person said until the first audio of the answer came",
                        FELT,
                        MODEL,
                        model)
                .record(audio));
        turn.firstSound().ifPresent(sound -> timer(
                        "turn.first.sound",
                        "From the end of what the person said until the first sound, as the client measured it",
                        FELT,
                        MODEL,
                        model)
                .record(sound));
    }

    private void spent(TokenUsage usage, String model) {
        spent("prompt", usage.prompt(), usage.promptByModality(), model);
        spent("response", usage.response(), usage.responseByModality(), model);
    }

    private void spent(String direction, long all, Map<String, Long> byModality, String model) {
        long untold = all;
        for (Map.Entry<String, Long> part : byModality.entrySet()) {
            tokens(direction, KnownWords.modality(part.getKey()), model)
                    .increment(part.getValue().doubleValue());
            untold -= part.getValue();
        }
        if (untold > 0) {
            tokens(direction, KnownWords.OTHER, model).increment((double) untold);
        }
    }

    private Counter tokens(String direction, String modality, String model) {
        return counter(
                "tokens",
                "",
                "Tokens as the upstream reports them",
                DIRECTION,
                direction,
                "modality",
                modality,
                MODEL,
                model);
    }

    private void sumUp(ConversationEvent.Ended ended) {
        timer("conversation.duration", "From the connection of a client to its end", LENGTHS)
                .record(ended.duration());
        audio("in", ended.audioIn());
        audio("out", ended.audioOut());
        audio("heard", ended.heard());
        audio("lost", ended.audioLost());
        failures("packet").increment(ended.concealedPackets());
        failures("stream").increment(ended.kind() == FailureKind.UNSUPPORTED_AUDIO ? 1 : 0);
        pictures("sent").increment(ended.picturesSent());
        pictures("dropped").increment(ended.picturesDropped());
    }

    private void audio(String direction, Duration length) {
        counter(
                        "audio",
                        "seconds",
                        "Audio of conversations that are over: in to the upstream, out to clients, heard there, lost on the"
                                + " way in",
                        DIRECTION,
                        direction)
                .increment(length.toMillis() / 1000.0);
    }

    private Counter failures(String what) {
        return counter(
                "audio.decode.failures",
                "",
                "Of conversations that are over: corrupt packets, which cost themselves, and streams, which cost their"
                        + " conversation",
                "what",
                what);
    }

    private Counter pictures(String outcome) {
        return counter("pictures", "", "Pictures of conversations that are over", "outcome", outcome);
    }

    private Counter counter(String name, String unit, String help, String... labels) {
        return Counter.builder(MeterBoard.PREFIX + name)
                .description(help)
                .baseUnit(unit.isEmpty() ? null : unit)
                .tags(labels)
                .register(registry);
    }

    private Timer timer(String name, String help, Duration[] buckets, String... labels) {
        return Timer.builder(MeterBoard.PREFIX + name)
                .description(help)
                .serviceLevelObjectives(buckets)
                .tags(labels)
                .register(registry);
    }

    private static Duration[] millis(long... millis) {
        Duration[] durations = new Duration[millis.length];
        for (int i = 0; i < millis.length; i++) {
            durations[i] = Duration.ofMillis(millis[i]);
        }
        return durations;
    }
}
