package dev.parley.conversation.upstream;

import dev.parley.conversation.captions.Endpointing;
import dev.parley.conversation.event.ClientChannel;
import dev.parley.conversation.event.ClientEvent;
import dev.parley.conversation.ledger.Pcm;
import dev.parley.conversation.ledger.TokenAccount;
import dev.parley.conversation.ledger.TurnLedger;
import dev.parley.gemini.live.LiveConnection;
import dev.parley.gemini.live.LiveConnection.Picture;
import dev.parley.shared.failure.FailureKind;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the person gives to the model, in its order: counted as said, sent or held, paid for; what is lost is told and
 * counted. Confined to the mailbox.
 */
public final class Outgoing {
    private final ClientChannel client;
    private final UpstreamLink link;
    private final TurnLedger turns;
    private final TokenAccount account;

    /** Marks turns; null where the upstream or the person does. */
    private @Nullable Endpointing endpointing;

    /** One warning per episode of an upstream that is too slow, not one per message. */
    private boolean losing;

    private Duration lostWhileHeld = Duration.ZERO;

    Outgoing(ClientChannel client, UpstreamLink link, TurnLedger turns, TokenAccount account) {
        this.client = client;
        this.link = link;
        this.turns = turns;
        this.account = account;
    }

    /** Finds and marks the turns of the person from here on, where the model needs that. */
    public void markTurns() {
        endpointing = new Endpointing(new Endpointing.Marks() {
            @Override
            public void begin() {
                Outgoing.this.begin(LiveConnection::sendActivityStart);
            }

            @Override
            public void audio(byte[] pcm, int offset, int length) {
                pass(pcm, offset, length);
            }

            @Override
            public void end() {
                Outgoing.this.end(LiveConnection::sendActivityEnd);
            }
        });
    }

    /** Sends or holds a PCM message of at most 100 ms. */
    public void audio(byte[] pcm, int offset, int length) {
        if (endpointing == null) {
            pass(pcm, offset, length);
        } else {
            endpointing.take(pcm, offset, length);
        }
    }

    /** The person's stream is over, and the upstream is to answer it. */
    public void endStream() {
        if (endpointing == null) {
            end(LiveConnection::sendAudioStreamEnd);
        } else {
            endpointing.pause();
        }
    }

    /** The upstream has told that the person stopped. */
    void speechEnded() {
        if (endpointing != null) {
            endpointing.ended();
        }
    }

    /** The connection is being replaced. */
    void connectionLost() {
        if (endpointing != null) {
            endpointing.lost();
        }
    }

    private void pass(byte[] pcm, int offset, int length) {
        turns.personSpoke();
        if (link.audio(pcm, offset, length)) {
            losing = false;
        } else if (!losing) {
            losing = true;
            client.tell(new ClientEvent.Problem(
                    FailureKind.UPSTREAM_UNAVAILABLE,
                    "Gemini takes your voice more slowly than you speak: some of it is lost. Please say it again."));
        }
        account.sent(length); // last: it may end the conversation
    }

    /** Sends or holds a text. */
    public void text(String text) {
        turns.personTyped();
        control(text.length(), connection -> connection.sendText(text));
    }

    /** Sends a picture at once, or not at all. */
    public void picture(Picture picture) {
        link.picture(picture);
    }

    /** What became of pictures. */
    public Pictures pictures() {
        return link.pictures();
    }

    /** Sends or holds a mark that begins what the person says. */
    public void begin(Predicate<LiveConnection> mark) {
        control(0, mark);
    }

    /** Sends or holds a mark that ends what the person has said. */
    public void end(Predicate<LiveConnection> mark) {
        turns.personPaused();
        control(0, mark);
    }

    private void control(int chars, Predicate<LiveConnection> send) {
        if (!link.control(chars, send)) {
            client.tell(new ClientEvent.Problem(
                    FailureKind.UPSTREAM_UNAVAILABLE, "Gemini takes nothing at the moment: your last input is lost."));
        }
    }

    /** What was held has been sent now: how much of it was lost before. */
    Duration takeLostWhileHeld() {
        Duration held = link.takeLost();
        lostWhileHeld = lostWhileHeld.plus(held);
        return held;
    }

    /** Audio that reached the upstream. */
    public Duration sent() {
        return Pcm.duration(link.sentAudioBytes(), Pcm.INPUT_RATE);
    }

    /** Audio that did not, because a bound was reached. */
    public Duration lost() {
        takeLostWhileHeld();
        return lostWhileHeld;
    }
}
