package dev.parley.it.sdk;

import com.google.genai.AsyncSession;
import com.google.genai.Client;
import com.google.genai.types.AudioTranscriptionConfig;
import com.google.genai.types.Blob;
import com.google.genai.types.LiveConnectConfig;
import com.google.genai.types.LiveSendRealtimeInputParameters;
import com.google.genai.types.LiveServerContent;
import com.google.genai.types.LiveServerMessage;
import com.google.genai.types.LiveServerSessionResumptionUpdate;
import com.google.genai.types.Modality;
import com.google.genai.types.Transcription;
import dev.parley.it.stage.Voice;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One Live session of Google's SDK. What it sends is sent one after the other, since the SDK's own sends overtake each
 * other; what it hears is kept, and looked at by the thread of the test only.
 */
final class SdkCaller implements AutoCloseable {
    /** The model of most tests. */
    static final String MODEL = "gemini-3.8-live";

    private static final long TIMEOUT_SECONDS = 30;
    /** 100 ms at 16 kHz. */
    private static final int PIECE_SAMPLES = 1600;

    private final AsyncSession session;
    private final BlockingQueue<LiveServerMessage> arrived = new LinkedBlockingQueue<>();
    private final List<LiveServerMessage> heard = new ArrayList<>();

    private SdkCaller(AsyncSession session) {
        this.session = session;
        done(session.receive(arrived::add));
    }

    /** Connects; a refusal is a {@link java.util.concurrent.CompletionException}. */
    static SdkCaller connect(Client client, String model, LiveConnectConfig.Builder config) {
        return new SdkCaller(done(client.async.live.connect(model, config.build())));
    }

    /** A setup with voices and the words of both sides. */
    static LiveConnectConfig.Builder voices() {
        return LiveConnectConfig.builder()
                .responseModalities(Modality.Known.AUDIO)
                .inputAudioTranscription(AudioTranscriptionConfig.builder())
                .outputAudioTranscription(AudioTranscriptionConfig.builder());
    }

    /** The SDK's own session, for what this class has no word for. */
    AsyncSession session() {
        return session;
    }

    /** Types a text. */
    void type(String text) {
        send(LiveSendRealtimeInputParameters.builder().text(text));
    }

    /** Speaks 16 kHz mono in pieces of 100 ms, as fast as they go. */
    void speak(short[] samples) {
        for (int at = 0; at < samples.length; at += PIECE_SAMPLES) {
            byte[] piece = Voice.bytes(Arrays.copyOfRange(samples, at, Math.min(samples.length, at + PIECE_SAMPLES)));
            send(LiveSendRealtimeInputParameters.builder()
                    .audio(Blob.builder().mimeType("audio/pcm;rate=16000").data(piece)));
        }
    }

    /** Switches the microphone off. */
    void pause() {
        send(LiveSendRealtimeInputParameters.builder().audioStreamEnd(true));
    }

    /** Sends any real-time input. */
    void send(LiveSendRealtimeInputParameters.Builder input) {
        done(session.sendRealtimeInput(input.build()));
    }

    /** Waits for the next message with that in it, keeping those before. */
    <T> T next(String what, Function<LiveServerMessage, Optional<T>> part) {
        while (true) {
            LiveServerMessage message = take(what);
            heard.add(message);
            Optional<T> found = part.apply(message);
            if (found.isPresent()) {
                return found.get();
            }
        }
    }

    /** Waits for the next content like that. */
    LiveServerContent nextContent(String what, Predicate<LiveServerContent> condition) {
        return next(what, message -> message.serverContent().filter(condition));
    }

    /** Waits for the end of the turn. */
    LiveServerContent nextTurnComplete() {
        return nextContent("turnComplete", content -> content.turnComplete().orElse(false));
    }

    /** Waits for a handle with which the session can be gone on with. */
    String nextHandle() {
        return next("a handle", message -> message.sessionResumptionUpdate()
                .filter(update -> update.resumable().orElse(false))
                .flatMap(LiveServerSessionResumptionUpdate::newHandle));
    }

    /** Everything looked at since the last call of this. */
    List<LiveServerMessage> takeHeard() {
        List<LiveServerMessage> taken = List.copyOf(heard);
        heard.clear();
        return taken;
    }

    /** Transcripts of one kind, put together. */
    static String transcript(
            List<LiveServerMessage> messages, Function<LiveServerContent, Optional<Transcription>> kind) {
        StringBuilder text = new StringBuilder();
        messages.forEach(message -> message.serverContent()
                .flatMap(kind)
                .flatMap(Transcription::text)
                .ifPresent(text::append));
        return text.toString();
    }

    /** The model's words. */
    static String answer(List<LiveServerMessage> messages) {
        return transcript(messages, LiveServerContent::outputTranscription);
    }

    /** The model's sound, s16le mono at 24 kHz. */
    static byte[] sound(List<LiveServerMessage> messages) {
        ByteArrayOutputStream sound = new ByteArrayOutputStream();
        messages.stream()
                .flatMap(message -> message.serverContent().stream())
                .flatMap(content -> content.modelTurn().stream())
                .flatMap(turn -> turn.parts().orElse(List.of()).stream())
                .flatMap(part -> part.inlineData().stream())
                .forEach(blob -> {
                    if (!blob.mimeType().equals(Optional.of("audio/pcm;rate=24000"))) {
                        throw new AssertionError("Not the sound of a model: " + blob.mimeType());
                    }
                    sound.writeBytes(blob.data().orElseThrow());
                });
        return sound.toByteArray();
    }

    /** Closes the session; the SDK does not tell when that is over. */
    @Override
    public void close() {
        done(session.close());
    }

    private LiveServerMessage take(String what) {
        try {
            LiveServerMessage message = arrived.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError("Waited for " + what + " in vain; heard: " + heard);
            }
            return message;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static <T> T done(CompletableFuture<T> future) {
        return future.orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
    }
}
