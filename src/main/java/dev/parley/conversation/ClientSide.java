package dev.parley.conversation;

import dev.parley.conversation.event.ClientEvent;
import dev.parley.conversation.flow.AudioIntake;
import dev.parley.conversation.flow.TurnLedger;
import dev.parley.gemini.live.LiveConnection;
import dev.parley.media.AudioDecoders;
import dev.parley.shared.failure.FailureKind;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * What the person does, turned into what the upstream is sent, in its order: audio, text, turn marks. Confined to the
 * mailbox.
 */
final class ClientSide implements AutoCloseable {
    private final ClientChannel client;
    private final UpstreamSession session;
    private final TurnLedger turns;
    private final AudioIntake intake;

    /** Whether the person marks turns; otherwise the upstream detects them. */
    private boolean manual;

    /** An {@code activityStart} waits for its end. */
    private boolean activityOpen;

    /** Of the answer that was reported last. */
    private Duration heardOfAnswer = Duration.ZERO;

    private int heardTurn;
    private Duration heardBefore = Duration.ZERO;

    ClientSide(ClientChannel client, UpstreamSession session, TurnLedger turns, AudioDecoders decoders, Clock clock) {
        this.client = client;
        this.session = session;
        this.turns = turns;
        this.intake = new AudioIntake(decoders, clock, session::audio);
    }

    /** Says what will come. */
    void begin(Optional<String> audioType, boolean manualTurns) {
        manual = manualTurns;
        intake.declare(audioType);
    }

    void audio(ByteBuffer bytes) {
        intake.take(bytes);
    }

    void text(String text) {
        intake.flush(); // what was said before comes before
        turns.personTyped();
        session.control(text.length(), connection -> connection.sendText(text));
    }

    void activityStart() {
        if (!manual) {
            onlyManual("activityStart");
        } else if (activityOpen) {
            problem("activityStart came twice; the turn is open already.");
        } else {
            activityOpen = true;
            session.control(0, LiveConnection::sendActivityStart);
        }
    }

    void activityEnd() {
        if (!manual) {
            onlyManual("activityEnd");
        } else if (!activityOpen) {
            problem("activityEnd came without activityStart.");
        } else {
            intake.flush();
            endActivity();
        }
    }

    /** The microphone pauses: sends what is left of the stream; without turn marks the upstream is to answer it. */
    void endAudioStream() {
        intake.endStream();
        if (!manual) {
            turns.personPaused();
            session.control(0, LiveConnection::sendAudioStreamEnd);
        }
    }

    /** The person is done for good: nothing said may stay behind, and an open turn is closed. */
    void finish() {
        endAudioStream();
        if (activityOpen) {
            endActivity();
        }
    }

    void heard(int turn, Duration played) {
        if (turn != heardTurn) {
            heardBefore = heardBefore.plus(heardOfAnswer);
            heardTurn = turn;
        }
        heardOfAnswer = played;
    }

    /** Model audio that the client reports to have played, in all. */
    Duration heard() {
        return heardBefore.plus(heardOfAnswer);
    }

    int concealedPackets() {
        return intake.concealedPackets();
    }

    /** Tells the client of a mistake that costs nothing but itself. */
    void problem(String message) {
        client.tell(new ClientEvent.Problem(FailureKind.BAD_MESSAGE, message));
    }

    private void onlyManual(String message) {
        problem(message + " is only understood after a start with turnTaking \"manual\".");
    }

    private void endActivity() {
        activityOpen = false;
        turns.personPaused();
        session.control(0, LiveConnection::sendActivityEnd);
    }

    @Override
    public void close() {
        intake.close();
    }
}
