package dev.parley.conversation.person;

import dev.parley.conversation.ledger.Transcript;
import dev.parley.conversation.line.ClientLine;
import java.time.Duration;

/** How much of the answers the person has really heard, by the client's own reports. Confined to the mailbox. */
public final class HeardAudio {
    private int turn;

    /** Of the answer that was reported last. */
    private Duration ofAnswer = Duration.ZERO;

    private Duration before = Duration.ZERO;

    private final Transcript transcript;
    private final ClientLine client;

    /** Nothing heard yet; what is, is marked in the transcript, and need not be kept for a client that is away. */
    public HeardAudio(Transcript transcript, ClientLine client) {
        this.transcript = transcript;
        this.client = client;
    }

    /**
     * The client reports.
     *
     * @param ofTurn of which turn; 0 when the client counts over all turns
     * @param played model audio of that turn, in all
     */
    public void reported(int ofTurn, Duration played) {
        if (ofTurn != turn) {
            before = before.plus(ofAnswer);
            turn = ofTurn;
        }
        ofAnswer = played;
        transcript.heard(ofTurn, played);
        client.heard(ofTurn, played);
    }

    /** Over all answers. */
    public Duration total() {
        return before.plus(ofAnswer);
    }
}
