package dev.parley.conversation;

import dev.parley.conversation.event.ClientEvent;
import dev.parley.conversation.flow.Moment;
import dev.parley.conversation.flow.Moments;
import dev.parley.conversation.flow.Pcm;
import dev.parley.conversation.flow.Redial;
import dev.parley.conversation.flow.TokenAccount;
import dev.parley.conversation.flow.TurnLedger;
import dev.parley.conversation.flow.UpstreamLink;
import dev.parley.gemini.live.LiveConnection;
import dev.parley.gemini.live.LiveEvent;
import dev.parley.gemini.live.LiveRequest;
import dev.parley.limits.SessionLease;
import dev.parley.shared.failure.FailureKind;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The conversation's session with the model, which outlives its connections: dials, dials again with back-off, hands
 * over when the upstream announces its leave, and counts what is sent against the lease. Confined to the mailbox.
 */
final class UpstreamSession implements ModelEvents.Lifecycle, AutoCloseable {
    /** How long before the announced end the connection is replaced, quiet moment or not. */
    private static final Duration HAND_OVER_RESERVE = Duration.ofSeconds(10);

    /** With this close code a server refuses, before the setup is complete, a handle that it does not know. */
    private static final int POLICY_VIOLATION = 1008;

    private final Host host;
    private final ClientChannel client;
    private final UpstreamLink link;
    private final TurnLedger turns;
    private final Moments moments;
    private final TokenAccount account = new TokenAccount();
    private final Redial redial;
    private @Nullable LiveRequest request;
    private Optional<String> handle = Optional.empty();
    private boolean leaving;
    private boolean losing;
    private Duration lost = Duration.ZERO;

    /** The conversation around the session. */
    interface Host {
        ConversationState state();

        void become(ConversationState next, String why);

        /** A connection is ready and what was held has been sent. */
        void sessionOpened(Duration replayed, Duration lostWhileHeld);

        /** The model began to answer. */
        void answerBegan();

        /** A turn is over; {@code cut} when the person interrupted it. */
        void turnOver(boolean cut);

        /** The session is over for good. */
        void sessionEnded(FailureKind kind, String message);
    }

    UpstreamSession(
            Host host, ClientChannel client, UpstreamLink link, TurnLedger turns, Moments moments, Clock clock) {
        this.host = host;
        this.client = client;
        this.link = link;
        this.turns = turns;
        this.moments = moments;
        this.redial = new Redial(clock);
    }

    /** Takes the lease over: from here on it is given back whatever happens. */
    void hold(SessionLease granted) {
        account.open(granted);
    }

    /** Dials for the first time. */
    void begin(LiveRequest asked) {
        request = asked;
        dial();
    }

    boolean listensTo(int connection) {
        return link.listensTo(connection);
    }

    /** Whatever the upstream says proves the connection; its greeting, its handles and its farewell do not. */
    void heard(LiveEvent event) {
        boolean formality = event instanceof LiveEvent.Ready
                || event instanceof LiveEvent.ResumptionHandle
                || event instanceof LiveEvent.Closed;
        if (!formality) {
            redial.proven();
        }
    }

    /** Sends or holds a PCM message of at most 100 ms. */
    void audio(byte[] pcm, int offset, int length) {
        turns.personSpoke();
        if (link.audio(pcm, offset, length)) {
            losing = false;
        } else if (!losing) {
            losing = true;
            client.tell(new ClientEvent.Problem(
                    FailureKind.UPSTREAM_UNAVAILABLE,
                    "Gemini takes your voice more slowly than you speak: some of it is lost. Please say it again."));
        }
        endUnlessWithinBudget(account.sent(length));
    }

    /** Sends or holds a text of so many characters, or a turn mark of none. */
    void control(int chars, Predicate<LiveConnection> send) {
        if (!link.control(chars, send)) {
            client.tell(new ClientEvent.Problem(
                    FailureKind.UPSTREAM_UNAVAILABLE, "Gemini takes nothing at the moment: your last input is lost."));
        }
    }

    /** The next attempt is due. */
    void dial() {
        LiveRequest asked = request;
        if (asked != null) {
            redial.dialled();
            link.dial(asked.resuming(handle));
        }
    }

    /** The announced end is near: replaces the connection now. */
    void handOver() {
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
        boolean forgotten = host.state() == ConversationState.RESUMING && handle.isEmpty();
        Duration replayed = link.open();
        Duration lostWhileHeld = link.takeLost();
        lost = lost.plus(lostWhileHeld);
        host.sessionOpened(replayed, lostWhileHeld);
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
        boolean resuming = host.state() == ConversationState.RESUMING;
        boolean handleRefused = resuming
                && handle.isPresent()
                && (event.code() == POLICY_VIOLATION || event.kind() == FailureKind.UPSTREAM_REFUSED);
        if (handleRefused) {
            handle = Optional.empty(); // expired or unknown: a fresh session is better than none
        }
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
        host.become(ConversationState.RESUMING, why);
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
        if (event.handle().isPresent()) {
            handle = event.handle();
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
        endUnlessWithinBudget(account.used(totalTokens));
    }

    @Override
    public void answerBegan() {
        host.answerBegan();
    }

    @Override
    public void modelSpoke(Duration audio) {
        endUnlessWithinBudget(account.received(audio));
    }

    private void endUnlessWithinBudget(boolean within) {
        if (!within) {
            host.sessionEnded(
                    FailureKind.NO_CAPACITY,
                    "The tokens this server may use in a minute are spent. Please start again in a minute.");
        }
    }

    /** Audio that reached the upstream. */
    Duration sent() {
        return Pcm.duration(link.sentAudioBytes(), Pcm.INPUT_RATE);
    }

    /** Audio that did not, because a bound was reached. */
    Duration lost() {
        return lost.plus(link.takeLost());
    }

    @Override
    public void close() {
        try (account) {
            link.close();
        }
    }
}
