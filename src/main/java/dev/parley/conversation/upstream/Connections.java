package dev.parley.conversation.upstream;

import dev.parley.conversation.delivery.UpstreamLink;
import dev.parley.conversation.event.ConversationState;
import dev.parley.conversation.ledger.Transcript;
import dev.parley.conversation.timing.Departure;
import dev.parley.conversation.timing.Moment;
import dev.parley.conversation.timing.Moments;
import dev.parley.conversation.timing.QuietMoment;
import dev.parley.gemini.live.LiveEvent;
import dev.parley.gemini.live.LiveRequest;
import dev.parley.shared.failure.FailureKind;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one session, one after another: dials, leaves before an announced end, dials again with back-off after
 * an unexpected one, and always goes on where the last one was. Confined to the mailbox.
 */
final class Connections {
    private static final String GONE =
            "Gemini takes what you say and answers nothing. Try again in a moment; if it stays so, choose another model.";

    private final UpstreamSession.Host host;
    private final UpstreamLink link;
    private final Outgoing outgoing;
    private final Transcript transcript;
    private final Moments moments;
    private final Departure departure;
    private final Redial redial;

    /** Told before a connection of a READY conversation is replaced. */
    private final Interruption interruption;

    private @Nullable Continuation continuation;

    /** Told why the connection is replaced, and whether the upstream had announced it. */
    @FunctionalInterface
    interface Interruption {
        void reconnecting(String why, boolean planned);
    }

    Connections(
            UpstreamSession.Host host,
            UpstreamLink link,
            Outgoing outgoing,
            Transcript transcript,
            Moments moments,
            QuietMoment quiet,
            Clock clock,
            Interruption interruption) {
        this.host = host;
        this.link = link;
        this.outgoing = outgoing;
        this.transcript = transcript;
        this.moments = moments;
        this.departure = new Departure(quiet, moments);
        this.redial = new Redial(clock);
        this.interruption = interruption;
    }

    /** Dials for the first time; answers whether the upstream will write down what it hears. */
    boolean begin(LiveRequest asked) {
        Continuation begun = new Continuation(asked, transcript::forSession);
        continuation = begun;
        dial();
        return begun.isTranscribed();
    }

    /** The next attempt is due. */
    void dial() {
        Continuation asked = continuation;
        if (asked != null) {
            redial.dialled();
            link.dial(asked.next());
        }
    }

    /** The connection carried something: its loss is a new story. */
    void proven() {
        redial.proven();
    }

    /** The connection is ready. */
    void ready() {
        redial.ready();
    }

    /** Whether the session was begun with this connection, and knows nothing of what earlier ones carried. */
    boolean isFresh() {
        return continuation != null && continuation.isFresh();
    }

    /** Whether the session was begun without being told what was said before. */
    boolean isForgetful() {
        return continuation != null && continuation.isForgetful();
    }

    /** The upstream names the session. */
    void named(LiveEvent.ResumptionHandle event) {
        if (continuation != null) {
            continuation.named(event);
        }
    }

    /** The upstream announces its leave. */
    void leaving(Duration timeLeft) {
        departure.announced(timeLeft);
        leaveIfQuiet();
    }

    /** It may be quiet now. */
    void leaveIfQuiet() {
        if (departure.isDue()) {
            handOver();
        }
    }

    /** A turn is over. */
    void turnOver() {
        if (departure.awaitsTurn()) {
            handOver();
        } else {
            leaveIfQuiet();
        }
    }

    /**
     * Replaces the connection before its announced end: first it is closed, then the next one is dialled. A turn that was marked here
     * is ended before that.
     */
    void handOver() {
        boolean ready = host.state() == ConversationState.READY;
        if (ready && !departure.awaitsTurn() && outgoing.cutTurn()) {
            departure.awaitTurn();
            return;
        }
        departure.over();
        if (ready) {
            interruption.reconnecting("hand-over", true);
            departure.begun();
            link.leave();
        }
    }

    /** The connection that is being left does not close: it is given up. */
    void farewellOver() {
        replaceNow(true);
    }

    private void replaceNow(boolean suddenly) {
        departure.over();
        link.lost(suddenly);
        dial();
    }

    /** The connection is over. */
    void closed(LiveEvent.Closed event) {
        if (link.isLeaving()) {
            replaceNow(event.kind() != FailureKind.NORMAL);
            return;
        }
        boolean pastRefused = host.state() == ConversationState.RESUMING
                && continuation != null
                && continuation.endedBecauseOfPast(event);
        boolean worthIt = (event.kind().retryable() && event.kind() != FailureKind.DRAINING) || pastRefused;
        Optional<Duration> pause =
                worthIt ? redial.lost(event.kind() == FailureKind.NO_CAPACITY, false) : Optional.empty();
        lost(event.kind(), event.message(), "upstream closed " + event.code(), pause);
    }

    /** The connection stands, and nobody is there. */
    void silent() {
        lost(FailureKind.UPSTREAM_UNAVAILABLE, GONE, "upstream silent", redial.lost(false, true));
    }

    /** Dials again after a pause, if there is to be one. */
    private void lost(FailureKind kind, String message, String why, Optional<Duration> pause) {
        departure.over();
        link.lost(true);
        if (pause.isEmpty() || host.state() == ConversationState.DRAINING) {
            host.sessionEnded(kind, message);
            return;
        }
        if (host.state() == ConversationState.READY) {
            interruption.reconnecting(why, false);
        }
        moments.await(Moment.REDIAL, pause.get());
    }
}
