package dev.parley.conversation.person;

import dev.parley.conversation.event.ClientChannel;
import dev.parley.conversation.event.ClientEvent;
import dev.parley.conversation.upstream.Outgoing;
import dev.parley.gemini.live.LiveConnection;
import dev.parley.media.AudioDecoders;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Optional;

/**
 * What the person does, turned into what the upstream is sent, in its order: audio, text, turn marks. Confined to the
 * mailbox.
 */
public final class ClientSide implements AutoCloseable {
    private final ClientChannel client;
    private final Outgoing outgoing;
    private final AudioIntake intake;
    private final HeardAudio heard = new HeardAudio();

    /** Whether the person marks turns; otherwise the upstream detects them. */
    private boolean manual;

    /** An {@code activityStart} waits for its end. */
    private boolean activityOpen;

    /** A person who has said nothing yet. */
    public ClientSide(ClientChannel client, Outgoing outgoing, AudioDecoders decoders, Clock clock) {
        this.client = client;
        this.outgoing = outgoing;
        this.intake = new AudioIntake(decoders, clock, outgoing::audio);
    }

    /**
     * Says what will come.
     *
     * @throws ParleyException {@code UNSUPPORTED_AUDIO} when that type cannot be decoded live
     */
    public void begin(Optional<String> audioType, boolean manualTurns) {
        manual = manualTurns;
        intake.declare(audioType);
    }

    /**
     * The next bytes of the person's audio.
     *
     * @throws ParleyException {@code UNSUPPORTED_AUDIO}, or {@code TOO_LARGE} when it is far ahead of the clock
     */
    public void audio(ByteBuffer bytes) {
        intake.take(bytes);
    }

    /** The person typed. */
    public void text(String text) {
        intake.flush(); // what was said before comes before
        outgoing.text(text);
    }

    /** The person marks the beginning of a turn. */
    public void activityStart() {
        if (!manual) {
            onlyManual("activityStart");
        } else if (activityOpen) {
            problem("activityStart came twice; the turn is open already.");
        } else {
            activityOpen = true;
            outgoing.begin(LiveConnection::sendActivityStart);
        }
    }

    /** The person marks the end of a turn. */
    public void activityEnd() {
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
    public void endAudioStream() {
        intake.endStream();
        if (!manual) {
            outgoing.end(LiveConnection::sendAudioStreamEnd);
        }
    }

    /** The person is done for good: nothing said may stay behind, and an open turn is closed. */
    public void finish() {
        endAudioStream();
        if (activityOpen) {
            endActivity();
        }
    }

    /** What the person has heard, by the client's reports. */
    public HeardAudio heard() {
        return heard;
    }

    /** Corrupt packets so far that cost themselves only. */
    public int concealedPackets() {
        return intake.concealedPackets();
    }

    /** Tells the client of a mistake that costs nothing but itself. */
    public void problem(String message) {
        client.tell(new ClientEvent.Problem(FailureKind.BAD_MESSAGE, message));
    }

    private void onlyManual(String message) {
        problem(message + " is only understood after a start with turnTaking \"manual\".");
    }

    private void endActivity() {
        activityOpen = false;
        outgoing.end(LiveConnection::sendActivityEnd);
    }

    @Override
    public void close() {
        intake.close();
    }
}
