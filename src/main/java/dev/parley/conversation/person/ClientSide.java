package dev.parley.conversation.person;

import dev.parley.conversation.event.ClientChannel;
import dev.parley.conversation.event.ClientEvent;
import dev.parley.conversation.timing.Moment;
import dev.parley.conversation.timing.Moments;
import dev.parley.conversation.upstream.Outgoing;
import dev.parley.gemini.live.LiveConnection;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * What the person does, turned into what the upstream is sent, in its order: audio, text, turn marks. Where audio is
 * decoded in another process, what comes behind the end of a stream waits for its last samples. Confined to the mailbox.
 */
public final class ClientSide implements AutoCloseable {
    /** The end of a stream that is decoded elsewhere; its decoder's own patience is shorter. */
    static final Duration LATE_END_WITHIN = Duration.ofSeconds(30);

    /** What was said just before {@code activityEnd} in a stream that goes on, and is being decoded elsewhere. */
    static final Duration LATE_WORDS_WITHIN = Duration.ofMillis(300);

    private final ClientChannel client;
    private final Outgoing outgoing;
    private final Moments moments;
    private final Backlog backlog = new Backlog();
    private final AudioIntake intake;
    private final HeardAudio heard = new HeardAudio();
    private final Sight sight;

    /** Whether the person marks turns; otherwise the upstream detects them. */
    private boolean manual;

    /** An {@code activityStart} waits for its end. */
    private boolean activityOpen;

    /** The last samples before the end of a turn are given a moment to come. */
    private boolean settling;

    /** A person who has said nothing yet. */
    public ClientSide(ClientChannel client, Outgoing outgoing, AudioSource source, Moments moments, Clock clock) {
        this.client = client;
        this.outgoing = outgoing;
        this.sight = new Sight(client, outgoing);
        this.moments = moments;
        this.intake = new AudioIntake(source, clock, outgoing::audio, this::mismatch);
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
        if (isWaiting()) {
            backlog.add(bytes.remaining(), () -> audio(bytes));
        } else {
            intake.take(bytes);
        }
    }

    /**
     * Samples were decoded elsewhere: sends them, and goes on with what waited for them.
     *
     * @throws ParleyException {@code UNSUPPORTED_AUDIO} when decoding failed; what was decoded before has been sent
     */
    public void audioDecoded() {
        intake.poll();
        goOn();
    }

    /**
     * What is being decoded elsewhere should have come.
     *
     * @throws ParleyException {@code UNSUPPORTED_AUDIO} when the end of a stream has not
     */
    public void lateAudioDue() {
        if (intake.isEnding()) {
            throw new ParleyException(
                    FailureKind.UNSUPPORTED_AUDIO, "The last of what you said could not be decoded in time.");
        }
        settling = false;
        goOn();
    }

    /** The person typed. */
    public void text(String text) {
        if (isWaiting()) {
            backlog.add(2 * text.length(), () -> text(text));
            return;
        }
        intake.flush(); // what was said before comes before
        outgoing.text(text);
    }

    /** The person marks the beginning of a turn. */
    public void activityStart() {
        if (!manual) {
            onlyManual("activityStart");
        } else if (isWaiting()) {
            backlog.add(0, this::activityStart);
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
        } else if (isWaiting()) {
            backlog.add(0, this::activityEnd);
        } else if (!activityOpen) {
            problem("activityEnd came without activityStart.");
        } else if (intake.poll()) {
            settling = true;
            backlog.addFirst(this::endActivity);
            moments.await(Moment.LATE_AUDIO, LATE_WORDS_WITHIN);
        } else {
            endActivity();
        }
    }

    /** The microphone pauses: sends what is left of the stream; without turn marks the upstream is to answer it. */
    public void endAudioStream() {
        if (isWaiting()) {
            backlog.add(0, this::endAudioStream);
        } else {
            endStreamThen(this::markStreamEnd);
        }
    }

    /**
     * The person is done for good: nothing said may stay behind, and an open turn is closed.
     *
     * @param done told when everything has been sent or is held
     */
    public void finish(Runnable done) {
        if (isWaiting()) {
            backlog.add(0, () -> finish(done));
            return;
        }
        endStreamThen(() -> {
            markStreamEnd();
            if (activityOpen) {
                endActivity();
            }
            done.run();
        });
    }

    private void endStreamThen(Runnable rest) {
        intake.endStream();
        if (intake.isEnding()) {
            backlog.addFirst(rest);
            moments.await(Moment.LATE_AUDIO, LATE_END_WITHIN);
        } else {
            rest.run();
        }
    }

    private void markStreamEnd() {
        if (!manual) {
            outgoing.endStream();
        }
    }

    /** Whether what comes now has to wait for samples that were said before. */
    private boolean isWaiting() {
        return settling || intake.isEnding();
    }

    private void goOn() {
        if (isWaiting()) {
            return;
        }
        moments.cancel(Moment.LATE_AUDIO);
        Runnable next = backlog.poll();
        while (next != null) {
            next.run();
            next = isWaiting() ? null : backlog.poll();
        }
    }

    /** What the person shows. */
    public Sight sight() {
        return sight;
    }

    /** What the person has heard, by the client's reports. */
    public HeardAudio heard() {
        return heard;
    }

    /** Whether the stream that runs is one of samples. Any thread. */
    public boolean takesSamples() {
        return intake.takesSamples();
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

    private void mismatch(String sentence) {
        client.tell(new ClientEvent.Problem(FailureKind.UNSUPPORTED_AUDIO, sentence));
    }

    private void endActivity() {
        intake.flush();
        activityOpen = false;
        outgoing.end(LiveConnection::sendActivityEnd);
    }

    @Override
    public void close() {
        backlog.clear();
        settling = false;
        intake.close();
    }
}
