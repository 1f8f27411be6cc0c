package dev.parley.conversation.upstream;

import dev.parley.conversation.event.ClientChannel;
import dev.parley.conversation.event.ClientEvent;
import dev.parley.conversation.ledger.Pcm;
import dev.parley.conversation.ledger.Transcript;
import dev.parley.shared.failure.FailureKind;
import java.nio.ByteBuffer;
import java.time.Duration;

/** What the model says aloud, on its way to the client: played, or skipped where that is too slow. Confined to the mailbox. */
final class SpokenAnswer {
    private final ClientChannel client;
    private final Transcript transcript;
    private int outputRate = Pcm.OUTPUT_RATE;
    private long playedMillis;

    /** One warning per episode of a client that is too slow, not one per chunk. */
    private boolean skipping;

    SpokenAnswer(ClientChannel client, Transcript transcript) {
        this.client = client;
        this.transcript = transcript;
    }

    /**
     * Plays the next piece.
     *
     * @param pcm s16le mono
     * @param rate samples per second
     */
    void play(ByteBuffer pcm, int rate, int turn) {
        if (rate != outputRate) {
            outputRate = rate;
            client.tell(new ClientEvent.OutputFormat(outputRate));
        }
        Duration length = Pcm.duration(pcm.remaining(), outputRate);
        if (client.play(pcm)) {
            playedMillis += length.toMillis();
            transcript.modelSpoke(turn, length);
            skipping = false;
        } else if (!skipping) {
            skipping = true;
            client.tell(new ClientEvent.Problem(
                    FailureKind.TOO_LARGE,
                    "Your connection is too slow for the spoken answer: parts of it are skipped. The transcript is"
                            + " complete."));
        }
    }

    /** Audio handed to the client. */
    Duration played() {
        return Duration.ofMillis(playedMillis);
    }
}
