package dev.parley.conversation.upstream;

import dev.parley.conversation.captions.Endpointing;
import dev.parley.conversation.delivery.Pictures;
import dev.parley.conversation.delivery.UpstreamLink;
import dev.parley.conversation.event.ClientChannel;
import dev.parley.conversation.event.ClientEvent;
import dev.parley.conversation.ledger.Ledgers;
import dev.parley.conversation.ledger.Pcm;
import dev.parley.conversation.ledger.TokenAccount;
import dev.parley.conversation.ledger.Transcript;
import dev.parley.conversation.timing.Moment;
import dev.parley.conversation.timing.Moments;
import dev.parley.conversation.timing.QuietMoment;
import dev.parley.gemini.live.LiveFunction;
import dev.parley.shared.failure.FailureKind;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the person gives to the model, in its order: counted as said, sent or held, paid for; what is lost is told and
 * counted. Confined to the mailbox.
 */
public final class Outgoing {
    /** How soon a connection that is behind is tried again when nothing else is said. */
    private static final Duration CATCH_UP_AFTER = Duration.ofMillis(100);

    private final ClientChannel client;
    private final UpstreamLink link;
    private final Ledgers ledgers;
    private final TokenAccount account;
    private final Moments moments;
    private final QuietMoment quiet;
    private final UpstreamWatch watch;
    private final ClearSpeech clearSpeech = new ClearSpeech();

    /** Marks turns; null where the upstream or the person does. */
    private @Nullable Endpointing endpointing;

    /** Of an episode in which the connection takes less than it is given. */
    private Duration lostInEpisode = Duration.ZERO;

    private Duration lost = Duration.ZERO;

    Outgoing(
            ClientChannel client,
            UpstreamLink link,
            Ledgers ledgers,
            TokenAccount account,
            Moments moments,
            QuietMoment quiet,
            UpstreamWatch watch) {
        this.client = client;
        this.link = link;
        this.ledgers = ledgers;
        this.account = account;
        this.moments = moments;
        this.quiet = quiet;
        this.watch = watch;
    }

    /**
     * Finds and marks the turns of the person from here on, where the model needs that. Such a turn is open while nothing is said as
     * well, so it keeps no hand-over waiting: only what is said does.
     */
    public void markTurns() {
        endpointing = new Endpointing(new Endpointing.Marks() {
            @Override
            public void begin() {
                mind(link.input().beginActivity());
            }

            @Override
            public void audio(byte[] pcm, int offset, int length) {
                pass(pcm, offset, length);
            }

            @Override
            public void end() {
                ledgers.turns().personPaused();
                mind(link.input().endActivity());
            }
        });
    }

    /** The upstream has told the end of a turn. */
    void turnOver() {
        if (endpointing != null) {
            endpointing.ended();
        }
    }

    /** Ends a turn that was marked here and in which something was said; false when there is none. */
    boolean cutTurn() {
        return endpointing != null && endpointing.cut();
    }

    /** Sends or holds a PCM message of at most 100 ms. */
    public void audio(byte[] pcm, int offset, int length) {
        if (endpointing == null) {
            pass(pcm, offset, length);
        } else {
            endpointing.take(pcm, offset, length);
        }
    }

    private void pass(byte[] pcm, int offset, int length) {
        ledgers.turns().personSpoke();
        link.input().audio(pcm, offset, length);
        ledgers.times().passed(link.isReady() && !link.isBehind());
        int spokenMillis = clearSpeech.millisIn(pcm, offset, length);
        if (clearSpeech.millisSinceVoice() >= 0) {
            ledgers.times().said(clearSpeech.millisSinceVoice());
        }
        if (spokenMillis > 0) {
            quiet.spoke();
            if (link.isReady()) {
                watch.spoke(spokenMillis);
            }
        }
        keepUp();
        account.sent(length); // last: it may end the conversation
    }

    /** Sends or holds a text. */
    public void text(String text) {
        ledgers.turns().personTyped();
        Transcript.Typed typed = ledgers.transcript().typed(ledgers.turns().turn(), text);
        quiet.said();
        mind(link.input()
                .text(text.length(), connection -> typed.given(connection.sendText(text)), () -> typed.given(false)));
    }

    /** What the person shows; it waits for nothing. */
    public Pictures pictures() {
        return link.pictures();
    }

    /** Sends or holds the mark that begins a turn of the person. */
    public void beginActivity() {
        quiet.activity(true);
        mind(link.input().beginActivity());
    }

    /** Sends or holds the mark that ends a turn of the person. */
    public void endActivity() {
        ledgers.turns().personPaused();
        ledgers.times().said(0);
        quiet.activity(false);
        mind(link.input().endActivity());
    }

    /** The microphone pauses: sends or holds what says so, by which the upstream answers what was said. */
    public void endAudioStream() {
        if (endpointing != null) {
            endpointing.pause();
            return;
        }
        ledgers.turns().personPaused();
        mind(link.input().endStream());
    }

    /**
     * Sends or holds the answer to a call. One that does not fit is replaced by an answer that says so, and the person is told.
     *
     * @param wanted whether the session that takes it asked for it; for any other it is left out
     * @param spokenOf whether the model is to speak of it by itself
     */
    public void answer(LiveFunction.Answer answer, BooleanSupplier wanted, boolean spokenOf) {
        if (spokenOf) {
            ledgers.turns().toolAnswered();
            quiet.said();
        }
        if (!passAnswer(answer, wanted)) {
            passAnswer(answer.lost(), wanted);
            client.tell(new ClientEvent.Problem(
                    FailureKind.UPSTREAM_UNAVAILABLE,
                    "Gemini takes nothing at the moment: a result of " + answer.name() + " is lost."));
        }
        keepUp();
    }

    private boolean passAnswer(LiveFunction.Answer answer, BooleanSupplier wanted) {
        return link.input()
                .answer(
                        answer.response().toString().length(),
                        connection -> !wanted.getAsBoolean() || connection.sendAnswer(answer));
    }

    private void mind(boolean passed) {
        if (!passed) {
            client.tell(new ClientEvent.Problem(
                    FailureKind.UPSTREAM_UNAVAILABLE, "Gemini takes nothing at the moment: your last input is lost."));
        }
        keepUp();
    }

    /** A connection that takes less than it is given is tried again soon; what that costs is told. */
    void keepUp() {
        link.catchUp();
        if (link.isBehind()) {
            moments.await(Moment.CATCH_UP, CATCH_UP_AFTER);
            Duration dropped = takeLost();
            if (lostInEpisode.isZero() && !dropped.isZero()) {
                client.tell(new ClientEvent.Problem(
                        FailureKind.UPSTREAM_UNAVAILABLE,
                        "Gemini takes your voice more slowly than you speak: some of it is lost."));
            }
            lostInEpisode = lostInEpisode.plus(dropped);
        } else if (!lostInEpisode.isZero()) {
            client.tell(new ClientEvent.Problem(
                    FailureKind.UPSTREAM_UNAVAILABLE,
                    "Gemini has caught up. " + lostInEpisode.toMillis()
                            + " ms of what you said are lost: please say it again."));
            lostInEpisode = Duration.ZERO;
        }
    }

    /** How much was lost that has not been told yet: told by the caller. */
    Duration takeLost() {
        Duration more = link.takeLost();
        lost = lost.plus(more);
        return more;
    }

    /** The connection is over: what it did not take in time is told together with what is lost until the next one. */
    Duration takeEpisode() {
        Duration untold = lostInEpisode.plus(takeLost());
        lostInEpisode = Duration.ZERO;
        return untold;
    }

    /** Audio that reached the upstream. */
    public Duration sent() {
        return Pcm.duration(link.sentAudioBytes(), Pcm.INPUT_RATE);
    }

    /** Audio that did not, because a bound was reached. */
    public Duration lost() {
        takeLost();
        return lost;
    }
}
