package dev.parley.conversation.machine;

import dev.parley.conversation.event.ClientEvent;
import dev.parley.conversation.event.ConversationEvent;
import dev.parley.conversation.line.ClientLine;
import dev.parley.conversation.line.Identity;
import dev.parley.conversation.timing.Moment;
import dev.parley.conversation.timing.TimeLimit;
import dev.parley.gemini.settings.ModelTable;
import dev.parley.gemini.settings.ModelTraits;
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
    private final Identity identity;
    private final ClientLine client;
    private final Parts parts;
    private final Entrance entrance;
    private final Consumer<ConversationEvent> observers;
    private final Clock clock;
    private final Instant createdAt;

    /** When the upstream connection was last left or lost, and whether that was announced. */
    private Instant interruptedAt;

    private boolean planned;

    Announcements(Identity identity, ClientLine client, ConversationServices services, Parts parts, Entrance entrance) {
        this.identity = identity;
        this.client = client;
        this.parts = parts;
        this.entrance = entrance;
        this.observers = services.events();
        this.clock = services.clock();
        this.createdAt = clock.instant();
        this.interruptedAt = createdAt;
    }

    /** A client is there. */
    void opened() {
        observers.accept(new ConversationEvent.Opened(identity.id(), createdAt, identity.caller()));
    }

    /** The upstream is ready for the first time. */
    void begun(Duration lostWhileHeld) {
        observers.accept(new ConversationEvent.Started(
                identity.id(), clock.instant(), entrance.model(), name(entrance.key()), identity.caller()));
        ready(false);
        if (!lostWhileHeld.isZero()) {
            client.tell(new ClientEvent.Problem(
                    FailureKind.TOO_LARGE,
                    "The first " + lostWhileHeld.toMillis()
                            + " ms of what you said while waiting did not fit and are lost."));
        }
    }

    private void ready(boolean again) {
        ModelTraits model = ModelTable.traits(entrance.model());
        client.tell(new ClientEvent.Ready(
                identity.id(),
                identity.resume(),
                entrance.model(),
                client.outputRate(),
                parts.limit().left(),
                entrance.key().filter(ApiKey.SIMULATOR::equals).isPresent(),
                again,
                client.receivedMessages(),
                model.takes(Feature.VIDEO),
                model.videoLimit()));
    }

    /** A client that was away is told how things stand. */
    void again(boolean reconnecting) {
        ready(true);
        client.tell(new ClientEvent.History(parts.ledgers().transcript().lines()));
        parts.tools().again();
        client.tell(new ClientEvent.Usage(parts.ledgers().turns().total()));
        if (reconnecting) {
            client.tell(new ClientEvent.Reconnecting());
        }
    }

    /** The upstream connection is being replaced. */
    void interrupted(boolean wasAnnounced) {
        interruptedAt = clock.instant();
        planned = wasAnnounced;
    }

    /** The upstream is back. */
    void resumed(Duration replayed, Duration lostWhileHeld) {
        Instant now = clock.instant();
        observers.accept(new ConversationEvent.HandedOver(
                identity.id(), now, planned, Duration.between(interruptedAt, now), replayed, lostWhileHeld));
        client.tell(new ClientEvent.Resumed(replayed, lostWhileHeld));
    }

    /** The time limit comes near. */
    void timeLeft(Moment warning) {
        client.tell(new ClientEvent.TimeLeft(TimeLimit.at(warning)));
    }

    /** The server ends the conversation within a time, or, after all, does not. */
    void endIsNear(Optional<Duration> within) {
        Duration limit = parts.limit().left();
        within.ifPresent(time -> client.tell(new ClientEvent.Problem(
                FailureKind.DRAINING,
                "This server is being taken out of service: this conversation ends within " + time.toSeconds()
                        + " seconds. Then start again.")));
        if (within.isPresent() || entrance.key().isPresent()) { // no limit runs before there is a slot
            client.tell(new ClientEvent.TimeLeft(
                    within.filter(time -> time.compareTo(limit) < 0).orElse(limit)));
        }
    }

    /** It is over, and everything is given back. */
    void ended(FailureKind kind, String reason) {
        parts.ledgers().times().close();
        Instant now = clock.instant();
        observers.accept(new ConversationEvent.Ended(
                identity.id(),
                now,
                entrance.model(),
                name(entrance.key()),
                identity.caller(),
                kind,
                reason,
                Duration.between(createdAt, now),
                parts.session().outgoing().sent(),
                parts.model().played(),
                parts.session().outgoing().lost(),
                parts.heard().total(),
                parts.person().concealedPackets(),
                parts.session().outgoing().pictures().sent(),
                parts.sight().dropped(),
                parts.ledgers().turns().total()));
    }

    private static String name(Optional<ApiKey> key) {
        return key.map(ApiKey::name).orElse("");
    }
}
