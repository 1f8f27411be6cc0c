package dev.parley.conversation.machine;

import dev.parley.conversation.event.ClientChannel;
import dev.parley.conversation.event.ClientEvent;
import dev.parley.conversation.event.ConversationEvent;
import dev.parley.conversation.ledger.Pcm;
import dev.parley.gemini.settings.ModelTable;
import dev.parley.gemini.settings.ModelTraits.Feature;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.settings.ApiKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** That a conversation has begun, goes on, and has ended, told to its client and to observers. */
final class Announcements {
    private final String conversation;
    private final ClientChannel client;
    private final Parts parts;
    private final Entrance entrance;
    private final Consumer<ConversationEvent> observers;
    private final Clock clock;
    private final Instant createdAt;

    Announcements(
            String conversation, ClientChannel client, ConversationServices services, Parts parts, Entrance entrance) {
        this.conversation = conversation;
        this.client = client;
        this.parts = parts;
        this.entrance = entrance;
        this.observers = services.events();
        this.clock = services.clock();
        this.createdAt = clock.instant();
    }

    /** The upstream is ready, for the first time or again. */
    void opened(boolean first, Duration replayed, Duration lostWhileHeld) {
        if (first) {
            begun(lostWhileHeld);
        } else {
            client.tell(new ClientEvent.Resumed(replayed, lostWhileHeld));
        }
    }

    private void begun(Duration lostWhileHeld) {
        Optional<ApiKey> key = entrance.key();
        String model = entrance.model();
        observers.accept(new ConversationEvent.Started(conversation, clock.instant(), model, name(key)));
        client.tell(new ClientEvent.Ready(
                conversation,
                model,
                Pcm.OUTPUT_RATE,
                parts.limit().left(),
                key.filter(ApiKey.SIMULATOR::equals).isPresent(),
                ModelTable.traits(model).takes(Feature.VIDEO),
                ModelTable.traits(model).videoLimit()));
        if (!lostWhileHeld.isZero()) {
            client.tell(new ClientEvent.Problem(
                    FailureKind.TOO_LARGE,
                    "The first " + lostWhileHeld.toMillis()
                            + " ms of what you said while waiting did not fit and are lost."));
        }
    }

    /** It is over, and everything is given back. */
    void ended(FailureKind kind, String reason) {
        observers.accept(new ConversationEvent.Ended(
                conversation,
                entrance.model(),
                name(entrance.key()),
                kind,
                reason,
                Duration.between(createdAt, clock.instant()),
                parts.session().outgoing().sent(),
                parts.model().played(),
                parts.session().outgoing().lost(),
                parts.person().heard().total(),
                parts.person().concealedPackets(),
                parts.session().outgoing().pictures().sent(),
                parts.person().sight().dropped(),
                parts.turns().total()));
    }

    private static String name(Optional<ApiKey> key) {
        return key.map(ApiKey::name).orElse("");
    }
}
