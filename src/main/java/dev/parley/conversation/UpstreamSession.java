package dev.parley.conversation;

import dev.parley.conversation.event.ClientEvent;
import dev.parley.conversation.flow.Moment;
import dev.parley.conversation.flow.Moments;
import dev.parley.conversation.flow.Pcm;
import dev.parley.conversation.flow.TurnLedger;
import dev.parley.conversation.flow.UpstreamLink;
import dev.parley.gemini.live.LiveConnection;
import dev.parley.gemini.live.LiveEvent;
import dev.parley.gemini.live.LiveRequest;
import dev.parley.limits.SessionLease;
import dev.parley.shared.failure.FailureKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The conversation's session with the model, which outlives its connections: dials, dials again with back-off, hands
 * over when the upstream announces its leave, and counts what is sent against the lease. Confined to the mailbox.
 */
final class UpstreamSession implements ModelEvents.Lifecycle, AutoCloseable {
    private static final List<Duration> BACK_OFF_AT_FIRST =
            List.of(Duration.ZERO, Duration.ofMillis(500), Duration.ofSeconds(1));
    private static final List<Duration> BACK_OFF_LATER = List.of(
            Duration.ZERO,
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4),
            Duration.ofSeconds(4));

    /** How long before the announced end the connection is replaced, quiet moment or not. */
    private static final Duration HAND_OVER_RESERVE = Duration.ofSeconds(10);

    /** Audio is reported to the budget in steps of this many bytes: one second. */
    private static final int BUDGET_STEP_BYTES = 2 * Pcm.INPUT_RATE;

    /** With this close code a server refuses, before the setup is complete, a handle that it does not know. */
    private static final int POLICY_VIOLATION = 1008;

    private final Host host;
    private final ClientChannel client;
    private final UpstreamLink link;
    private final TurnLedger turns;
    private final Moments moments;
    private @Nullable SessionLease lease;
    private @Nullable LiveRequest request;
    private Optional<String> handle = Optional.empty();

    /** Dials since a connection was ready. */
    private int attempts;

    private boolean leaving;
    private boolean losing;
    private int unreportedAudioBytes;
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

    UpstreamSession(Host host, ClientChannel client, UpstreamLink link, TurnLedger turns, Moments moments) {
        this.host = host;
        this.client = client;
        this.link = link;
        this.turns = turns;
        this.moments = moments;
    }

    /** Dials for the first time, on the lease's key. */
    void begin(SessionLease granted, LiveRequest asked) {
        lease = granted;
        request = asked;
        dial();
    }

    boolean listensTo(int connection) {
        return link.listensTo(connection);
    }

    /** Sends or holds a PCM message of at most 100 ms. */
    void audio(byte[] pcm, int offset, int length) {
        turns.personSent();
        if (link.audio(pcm, offset, length)) {
            losing = false;
        } else if (!losing) {
            losing = true;
            client.tell(new ClientEvent.Problem(
                    FailureKind.UPSTREAM_UNAVAILABLE,
                    "Gemini takes your voice more slowly than you speak: some of it is lost. Please say it again."));
        }
        unreportedAudioBytes += length;
        if (unreportedAudioBytes >= BUDGET_STEP_BYTES) {
            count(Pcm.duration(unreportedAudioBytes, Pcm.INPUT_RATE));
            unreportedAudioBytes = 0;
        }
    }

    /** Sends or holds a text or a turn mark. */
    void control(Predicate<LiveConnection> send) {
        if (!link.control(send)) {
            client.tell(new ClientEvent.Problem(
                    FailureKind.UPSTREAM_UNAVAILABLE, "Gemini takes nothing at the moment: your last input is lost."));
        }
    }

    /** The next attempt is due. */
    void dial() {
        LiveRequest asked = request;
        if (asked != null) {
            attempts++;
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
        attempts = 0;
        leaving = false;
        Duration replayed = link.open();
        Duration lostWhileHeld = link.takeLost();
        lost = lost.plus(lostWhileHeld);
        host.sessionOpened(replayed, lostWhileHeld);
    }

    @Override
    public void upstreamClosed(LiveEvent.Closed event) {
        link.release();
        moments.cancel(Moment.HAND_OVER_LIMIT);
        switch (host.state()) {
            case CONNECTING -> dialAgain(event, BACK_OFF_AT_FIRST);
            case RESUMING -> dialAgain(event, BACK_OFF_LATER);
            case READY -> {
                if (event.kind().retryable()) {
                    reconnecting("upstream closed " + event.code());
                }
                dialAgain(event, BACK_OFF_LATER);
            }
            default -> host.sessionEnded(event.kind(), event.message());
        }
    }

    private void dialAgain(LiveEvent.Closed event, List<Duration> backOff) {
        boolean handleRefused = host.state() == ConversationState.RESUMING
                && handle.isPresent()
                && (event.code() == POLICY_VIOLATION || event.kind() == FailureKind.UPSTREAM_REFUSED);
        if (handleRefused) {
            handle = Optional.empty(); // expired or unknown: a fresh session is better than none
        }
        if ((event.kind().retryable() || handleRefused) && attempts < backOff.size()) {
            moments.await(Moment.REDIAL, backOff.get(attempts));
        } else {
            host.sessionEnded(event.kind(), event.message());
        }
    }

    private void reconnecting(String why) {
        host.become(ConversationState.RESUMING, why);
        attempts = 0;
        client.tell(new ClientEvent.Reconnecting());
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
        SessionLease held = lease;
        if (held != null) {
            held.recordUsage(totalTokens);
            unreportedAudioBytes = 0;
            checkBudget(held);
        }
    }

    @Override
    public void answerBegan() {
        host.answerBegan();
    }

    @Override
    public void modelSpoke(Duration audio) {
        count(audio);
    }

    private void count(Duration audio) {
        SessionLease held = lease;
        if (held != null) {
            held.recordAudio(audio.toMillis());
            checkBudget(held);
        }
    }

    private void checkBudget(SessionLease held) {
        if (!held.withinTokenBudget()) {
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
        SessionLease given = lease;
        lease = null;
        try {
            link.close();
        } finally {
            if (given != null) {
                given.close();
            }
        }
    }
}
