package dev.parley.conversation.upstream;

import dev.parley.conversation.delivery.UpstreamLink;
import dev.parley.conversation.event.ClientChannel;
import dev.parley.conversation.event.ClientEvent;
import dev.parley.conversation.event.ConversationState;
import dev.parley.conversation.ledger.Ledgers;
import dev.parley.conversation.ledger.TokenAccount;
import dev.parley.conversation.ledger.TurnLedger;
import dev.parley.conversation.timing.Moment;
import dev.parley.conversation.timing.Moments;
import dev.parley.conversation.timing.QuietMoment;
import dev.parley.gemini.live.LiveEvent;
import dev.parley.gemini.live.LiveRequest;
import dev.parley.limits.SessionLease;
import dev.parley.shared.failure.FailureKind;
import java.time.Clock;
import java.time.Duration;

/**
 * The conversation's session with the model, which outlives its {@link Connections}: notices when the upstream is gone, has
 * its connection replaced in a quiet moment when it announces its leave, and holds the lease that pays for it. Confined to
 * the mailbox.
 */
public final class UpstreamSession implements ModelEvents.Lifecycle, AutoCloseable {
    private final Host host;
    private final ClientChannel client;
    private final UpstreamLink link;
    private final Ledgers ledgers;
    private final TokenAccount account;
    private final QuietMoment quiet;
    private final UpstreamWatch watch;
    private final Outgoing outgoing;
    private final Connections connections;

    /** Of the person, given to earlier connections than this one. */
    private Duration audioBefore = Duration.ZERO;

    /** The conversation around the session. */
    public interface Host {
        /** Where the conversation stands: what has begun to end is not dialled again. */
        ConversationState state();

        /** The connection of a conversation that was READY is being replaced; {@code planned} by the upstream. */
        void sessionInterrupted(String why, boolean planned);

        /** A connection is ready and what was held has been sent. */
        void sessionOpened(Duration replayed, Duration lostWhileHeld);

        /**
         * Another connection is ready, and what was held has not been sent yet.
         *
         * @param fresh whether it begins another session; otherwise it goes on from where the last handle was given
         */
        void sessionReplaced(boolean fresh);

        /** The model began to answer. */
        void answerBegan();

        /** A turn is over; {@code cut} when the person interrupted it. */
        void turnOver(boolean cut);

        /** The session is over for good. */
        void sessionEnded(FailureKind kind, String message);
    }

    /**
     * A session that nobody has dialled for yet; it holds what it is given.
     *
     * @param link whose events go through the mailbox, where those that {@link #listensTo} lets through go on to
     *     {@link #heard} and {@link ModelEvents}
     */
    public UpstreamSession(
            Host host, ClientChannel client, UpstreamLink link, Ledgers ledgers, Moments moments, Clock clock) {
        this.host = host;
        this.client = client;
        this.link = link;
        this.ledgers = ledgers;
        this.account = new TokenAccount(this::budgetSpent);
        this.quiet = new QuietMoment(clock);
        this.watch = new UpstreamWatch(moments, clock);
        this.outgoing = new Outgoing(client, link, ledgers, account, moments, quiet, watch);
        this.connections =
                new Connections(host, link, outgoing, ledgers.transcript(), moments, quiet, clock, this::reconnecting);
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
        watch.watch(connections.begin(asked));
    }

    /** Whether that connection is the one in use; what a replaced one still says counts for nothing. */
    public boolean listensTo(int connection) {
        return link.listensTo(connection);
    }

    /**
     * A frame came: the upstream is there. Whatever it says proves the connection; its greeting, its handles and its
     * farewell do not.
     */
    public void heard(LiveEvent event) {
        boolean formality = event instanceof LiveEvent.Ready
                || event instanceof LiveEvent.ResumptionHandle
                || event instanceof LiveEvent.Alive
                || event instanceof LiveEvent.Closed;
        if (!formality) {
            connections.proven();
        }
        if (watch.relieve() && !(event instanceof LiveEvent.Closed)) {
            client.tell(new ClientEvent.Steady());
        }
    }

    /** One of the session's moments has come. */
    public void due(Moment moment) {
        switch (moment) {
            case REDIAL -> connections.dial();
            case HAND_OVER_LIMIT -> connections.handOver();
            case QUIET -> connections.leaveIfQuiet();
            case FAREWELL -> connections.farewellOver();
            case CATCH_UP -> outgoing.keepUp();
            case SILENT_UPSTREAM -> upstreamSilent();
            default -> throw new IllegalArgumentException("Not a moment of the session: " + moment);
        }
    }

    private void upstreamSilent() {
        if (host.state() != ConversationState.READY) {
            watch.relieve();
        } else if (watch.due() == UpstreamWatch.Verdict.UNSTEADY) {
            client.tell(new ClientEvent.Unsteady());
        } else {
            connections.silent();
        }
    }

    @Override
    public void upstreamReady() {
        boolean replacing = host.state() == ConversationState.RESUMING;
        connections.ready();
        quiet.connected();
        if (replacing) {
            host.sessionReplaced(connections.isFresh());
        }
        audioBefore = link.audioBefore();
        Duration replayed = link.open();
        host.sessionOpened(replayed, outgoing.takeEpisode());
        outgoing.keepUp();
        if (replacing && connections.isForgetful()) {
            client.tell(new ClientEvent.Problem(
                    FailureKind.UPSTREAM_UNAVAILABLE,
                    "The connection to Gemini had to be replaced, and it does not remember what was said before."));
        }
    }

    @Override
    public void upstreamClosed(LiveEvent.Closed event) {
        connections.closed(event);
    }

    private void reconnecting(String why, boolean planned) {
        watch.relieve();
        ledgers.times().disconnected();
        host.sessionInterrupted(why, planned);
        client.tell(new ClientEvent.Reconnecting());
        TurnLedger turns = ledgers.turns();
        if (turns.modelActive()) { // nobody will end this turn any more
            ledgers.transcript().cut(turns.turn());
            client.tell(new ClientEvent.TurnComplete(turns.turn(), turns.usageOfTurn()));
            turns.turnOver();
        }
    }

    @Override
    public void upstreamLeaving(Duration timeLeft) {
        connections.leaving(timeLeft);
    }

    @Override
    public void resumable(LiveEvent.ResumptionHandle event) {
        connections.named(event);
        quiet.resumable(event.handle().isPresent());
        connections.leaveIfQuiet();
    }

    @Override
    public void turnOver(boolean cut) {
        quiet.answerOver(cut);
        connections.turnOver(); // what is said from here on belongs to the next connection
        outgoing.turnOver();
        host.turnOver(cut);
    }

    @Override
    public void used(long totalTokens) {
        account.used(totalTokens);
    }

    @Override
    public void answerBegan() {
        quiet.answerBegan();
        link.answered();
        host.answerBegan();
    }

    @Override
    public void modelSpoke(Duration audio) {
        ledgers.times().modelSpoke();
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
