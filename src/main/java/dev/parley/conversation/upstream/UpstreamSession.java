package dev.parley.conversation.upstream;

import dev.parley.conversation.event.ClientChannel;
import dev.parley.conversation.event.ClientEvent;
import dev.parley.conversation.event.ConversationState;
import dev.parley.conversation.ledger.Pcm;
import dev.parley.conversation.ledger.TokenAccount;
import dev.parley.conversation.ledger.TurnLedger;
import dev.parley.conversation.timing.Moment;
import dev.parley.conversation.timing.Moments;
import dev.parley.gemini.live.LiveEvent;
import dev.parley.gemini.live.LiveRequest;
import dev.parley.gemini.live.LiveUpstream;
import dev.parley.limits.SessionLease;
import dev.parley.shared.failure.FailureKind;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The conversation's session with the model, which outlives its connections: dials, dials again with back-off, hands
 * over when the upstream announces its leave, and holds the lease that pays for it. Confined to the mailbox.
 */
public final class UpstreamSession implements ModelEvents.Lifecycle, AutoCloseable {
    /** How long before the announced end the connection is replaced, quiet moment or not. */
    private static final Duration HAND_OVER_RESERVE = Duration.ofSeconds(10);

    /** PCM kept while no upstream takes it: 30 s. */
    private static final int MAX_HELD_AUDIO_BYTES = 30 * 2 * Pcm.INPUT_RATE;

    private final Host host;
    private final ClientChannel client;
    private final UpstreamLink link;
    private final TurnLedger turns;
    private final Moments moments;
    private final TokenAccount account;
    private final Outgoing outgoing;
    private final Redial redial;
    private @Nullable Continuation continuation;
    private boolean leaving;
    private Duration audioBefore = Duration.ZERO;

    /** The conversation around the session. */
    public interface Host {
        /** Where the conversation stands: what has begun to end is not dialled again. */
        ConversationState state();

        /** The connection of a conversation that was READY is being replaced. */
        void sessionInterrupted(String why);

        /** A connection is ready and what was held has been sent. */
        void sessionOpened(Duration replayed, Duration lostWhileHeld);

        /** The model began to answer. */
        void answerBegan();

        /** A turn is over; {@code cut} when the person interrupted it. */
        void turnOver(boolean cut);

        /** The session is over for good. */
        void sessionEnded(FailureKind kind, String message);
    }

    /** Takes events to the mailbox. */
    @FunctionalInterface
    public interface Hearer {
        /** On the upstream's thread: hand over at once. */
        void heard(int connection, LiveEvent event);
    }

    /**
     * A session that nobody has dialled for yet; it holds what it is given.
     *
     * @param hearer brings events to the mailbox, where those that {@link #listensTo} lets through go on to
     *     {@link #heard} and {@link ModelEvents}
     */
    public UpstreamSession(
            Host host,
            ClientChannel client,
            LiveUpstream upstream,
            Hearer hearer,
            TurnLedger turns,
            Moments moments,
            Clock clock) {
        this.host = host;
        this.client = client;
        this.link = new UpstreamLink(upstream, MAX_HELD_AUDIO_BYTES, hearer);
        this.turns = turns;
        this.moments = moments;
        this.account = new TokenAccount(this::budgetSpent);
        this.outgoing = new Outgoing(client, link, turns, account);
        this.redial = new Redial(clock);
    }

    private void budgetSpent() {
        host.sessionEnded(
                FailureKind.NO_CAPACITY,
                "The tokens this server may use in a minute are spent. Please start again in a minute.");
    }

    /** The way for what the person says. */
    public Outgoing outgoing() {
        return outgoing;
    }

    /** Takes the lease over: from here on it is given back whatever happens. */
    public void hold(SessionLease granted) {
        account.open(granted);
    }

    /** Dials for the first time. */
    public void begin(LiveRequest asked) {
        continuation = new Continuation(asked);
        dial();
    }

    /** Whether that connection is the one in use; what a replaced one still says counts for nothing. */
    public boolean listensTo(int connection) {
        return link.listensTo(connection);
    }

    /** Whatever the upstream says proves the connection; its greeting, its handles and its farewell do not. */
    public void heard(LiveEvent event) {
        boolean formality = event instanceof LiveEvent.Ready
                || event instanceof LiveEvent.ResumptionHandle
                || event instanceof LiveEvent.Closed;
        if (!formality) {
            redial.proven();
        }
        if (event instanceof LiveEvent.SpeechEnded) {
            outgoing.speechEnded();
        }
    }

    /** The next attempt is due. */
    public void dial() {
        Continuation asked = continuation;
        if (asked != null) {
            redial.dialled();
            link.dial(asked.next());
        }
    }

    /** The announced end is near: replaces the connection now. */
    public void handOver() {
        leaving = false;
        moments.cancel(Moment.HAND_OVER_LIMIT);
        if (host.state() == ConversationState.READY) {
            reconnecting("hand-over");
            dial();
        }
    }

    @Override
    public void upstreamReady() {
        redial.ready();
        leaving = false;
        boolean forgotten =
                host.state() == ConversationState.RESUMING && continuation != null && continuation.isFresh();
        audioBefore = outgoing.sent();
        Duration replayed = link.open();
        host.sessionOpened(replayed, outgoing.takeLostWhileHeld());
        if (forgotten) {
            client.tell(new ClientEvent.Problem(
                    FailureKind.UPSTREAM_UNAVAILABLE,
                    "The connection to Gemini had to be replaced, and it does not remember what was said before."));
        }
    }

    @Override
    public void upstreamClosed(LiveEvent.Closed event) {
        link.release();
        moments.cancel(Moment.HAND_OVER_LIMIT);
        boolean handleRefused = host.state() == ConversationState.RESUMING
                && continuation != null
                && continuation.endedBecauseOfHandle(event);
        boolean worthIt = (event.kind().retryable() && event.kind() != FailureKind.DRAINING) || handleRefused;
        Optional<Duration> pause = worthIt && host.state() != ConversationState.DRAINING
                ? redial.lost(event.kind() == FailureKind.NO_CAPACITY)
                : Optional.empty();
        if (pause.isEmpty()) {
            host.sessionEnded(event.kind(), event.message());
            return;
        }
        if (host.state() == ConversationState.READY) {
            reconnecting("upstream closed " + event.code());
        }
        moments.await(Moment.REDIAL, pause.get());
    }

    private void reconnecting(String why) {
        host.sessionInterrupted(why);
        outgoing.connectionLost();
        client.tell(new ClientEvent.Reconnecting());
        if (turns.modelActive()) { // nobody will end this turn any more
            client.tell(new ClientEvent.TurnComplete(turns.turn(), turns.usageOfTurn()));
            turns.turnOver();
        }
    }

    @Override
    public void upstreamLeaving(Duration timeLeft) {
        leaving = true;
        moments.await(Moment.HAND_OVER_LIMIT, timeLeft.minus(HAND_OVER_RESERVE));
    }

    @Override
    public void resumable(LiveEvent.ResumptionHandle event) {
        if (continuation != null) {
            continuation.named(event);
        }
    }

    @Override
    public void turnOver(boolean cut) {
        if (leaving && !cut) {
            handOver();
        }
        host.turnOver(cut);
    }

    @Override
    public void used(long totalTokens) {
        account.used(totalTokens);
    }

    @Override
    public void answerBegan() {
        host.answerBegan();
    }

    @Override
    public void modelSpoke(Duration audio) {
        account.received(audio);
    }

    @Override
    public Duration audioBefore() {
        return audioBefore;
    }

    @Override
    public void close() {
        try (account) {
            link.close();
        }
    }
}
