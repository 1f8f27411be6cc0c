package dev.parley.conversation.line;

import dev.parley.conversation.event.ClientChannel;
import dev.parley.conversation.event.ClientEvent;
import dev.parley.conversation.ledger.Pcm;
import dev.parley.shared.failure.FailureKind;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The client as the conversation sees it, whichever socket it speaks through and whether there is one: while it is away,
 * audio, sources and what was lost are kept for it; all else is told anew when it returns. Confined to the mailbox.
 */
public final class ClientLine implements ClientChannel {
    /** Losses, problems and sources that are told late. */
    private static final int MOST_MISSED = 32;

    private final UnheardAudio unheard = new UnheardAudio();
    private final ArrayDeque<ClientEvent> missed = new ArrayDeque<>();

    /** Null while the client is away. */
    private @Nullable ClientChannel channel;

    private int visit = 1;
    private long received;
    private int rate = Pcm.OUTPUT_RATE;
    private int turn = 1;

    /** The client reports what it plays. */
    private boolean reporting;

    /** What a client that reports nothing has got: everything up to its loss. */
    private UnheardAudio.Position lost = UnheardAudio.Position.BEGINNING;

    /** The turn that ran when the client was lost. */
    private int turnAtLoss = 1;

    /** A client that is here, on its first visit. */
    public ClientLine(ClientChannel channel) {
        this.channel = channel;
    }

    /** Whether what comes from that visit counts: otherwise it is over, or a later one has taken its place. */
    public boolean isAt(int askedVisit) {
        return askedVisit == visit && channel != null;
    }

    /** One more message of the client came, on that visit. */
    public void received(int onVisit) {
        received += isAt(onVisit) ? 1 : 0;
    }

    /** Messages taken so far, over all visits. */
    public long receivedMessages() {
        return received;
    }

    /** Samples per second of the audio that comes. */
    public int outputRate() {
        return rate;
    }

    /** The client's connection is lost. */
    public void leave() {
        channel = null;
        lost = unheard.end();
        turnAtLoss = turn;
    }

    /** The client is there again, on its next visit; a connection that it still had is closed. */
    public void enter(int nextVisit, ClientChannel next) {
        ClientChannel last = channel;
        visit = nextVisit;
        if (last != null) {
            leave();
        }
        channel = next;
        if (last != null) {
            last.end(FailureKind.NORMAL, "The conversation goes on in another window, or over another connection.");
        }
    }

    /** The client reports what it has played. */
    public void heard(int ofTurn, Duration played) {
        if (ofTurn > 0) {
            reporting = true;
            unheard.heard(new UnheardAudio.Position(ofTurn, played));
        }
    }

    /**
     * Tells what the client missed, and plays what it has not heard, with the ends of turns where they were.
     *
     * @param ofTurn of which turn it has {@code played}; empty: of the one whose audio came last
     * @param played what it has of it; empty: what it reported before
     */
    public void catchUp(Optional<Integer> ofTurn, Optional<Duration> played) {
        ClientChannel here = channel;
        if (here == null) {
            return;
        }
        List<ClientEvent> told = List.copyOf(missed);
        missed.clear();
        told.forEach(here::tell);
        UnheardAudio.Position from = played.map(has ->
                        new UnheardAudio.Position(ofTurn.orElse(unheard.end().turn()), has))
                .orElse(reporting ? unheard.heard() : lost);
        UnheardAudio.Rest rest = unheard.after(from);
        if (!rest.forgotten().isZero()) {
            here.tell(new ClientEvent.Problem(
                    FailureKind.TOO_LARGE,
                    rest.forgotten().toMillis() + " ms of the spoken answer came while you were away and did not fit."
                            + " The transcript is complete."));
        }
        int running = ofTurn.orElse(turnAtLoss);
        for (UnheardAudio.Part part : rest.parts()) {
            running = endTurns(here, running, part.turn());
            here.play(part.pcm());
        }
        endTurns(here, running, turn);
    }

    /** Tells the end of each turn before one; answers which turn runs then. */
    private static int endTurns(ClientChannel here, int running, int until) {
        for (int over = running; over < until; over++) {
            here.tell(new ClientEvent.TurnComplete(over, Optional.empty()));
        }
        return Math.max(running, until);
    }

    @Override
    public void tell(ClientEvent event) {
        if (event instanceof ClientEvent.TurnComplete over) {
            turn = over.turn() + 1;
        } else if (event instanceof ClientEvent.OutputFormat format) {
            rate = format.outputRate();
            unheard.clear(); // a client that comes back is told one rate only
        }
        ClientChannel here = channel;
        if (here != null) {
            here.tell(event);
        } else if (event instanceof ClientEvent.Problem
                || event instanceof ClientEvent.Sources
                || (event instanceof ClientEvent.Resumed resumed
                        && !resumed.lost().isZero())) {
            if (missed.size() == MOST_MISSED) {
                missed.remove();
            }
            missed.add(event);
        }
    }

    @Override
    public boolean play(ByteBuffer pcm) {
        unheard.add(turn, pcm, rate);
        ClientChannel here = channel;
        return here == null || here.play(pcm);
    }

    @Override
    public void dropAudio() {
        unheard.clear();
        ClientChannel here = channel;
        if (here != null) {
            here.dropAudio();
        }
    }

    @Override
    public void end(FailureKind kind, String reason) {
        ClientChannel here = channel;
        channel = null;
        unheard.clear();
        if (here != null) {
            here.end(kind, reason);
        }
    }
}
