package dev.parley.simulator.session;

import dev.parley.shared.settings.Secret;
import dev.parley.shared.socket.Wire;
import dev.parley.simulator.protocol.ClientMessage.Dialect;
import dev.parley.simulator.protocol.LiveJson;
import dev.parley.simulator.setup.Handshake;
import dev.parley.testkit.ManualTime;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A client of one simulated session without a socket: everything runs on the test's thread, in the test's time. */
final class SessionRig implements Wire {
    static final String SETUP = "{'setup':{'model':'models/gemini-3.8-live','generationConfig':{'responseModalities':"
            + "['AUDIO']},'inputAudioTranscription':{},'outputAudioTranscription':{}%s}}";

    final ManualTime time;
    final Resumptions resumptions;
    final SimulatedSession session;
    final List<String> frames = new ArrayList<>();
    final List<Boolean> binary = new ArrayList<>();
    int ended;
    int pings;

    @Nullable
    Integer closeCode;

    String closeReason = "";
    boolean reads = true;
    private @Nullable Completion unread;

    SessionRig() {
        this("any-key", "v1beta");
    }

    SessionRig(String key, String version) {
        this(new ManualTime(), handshake(key, version), SessionLimits.DEFAULT);
    }

    SessionRig(ManualTime time, Handshake handshake, SessionLimits limits) {
        this(time, handshake, limits, new Resumptions(time));
    }

    SessionRig(ManualTime time, Handshake handshake, SessionLimits limits, Resumptions resumptions) {
        this.time = time;
        this.resumptions = resumptions;
        this.session = new SimulatedSession(
                handshake, this, new Surroundings(time, time, Runnable::run, resumptions, limits), () -> ended++);
        session.open();
    }

    static Handshake handshake(String key, String version) {
        return new Handshake(version, Dialect.DEVELOPER, false, Optional.of(new Secret(key)));
    }

    /** A live session; {@code more} is added to the setup, with single quotes. */
    static SessionRig live(String more) {
        SessionRig rig = new SessionRig();
        rig.send(String.format(SETUP, more));
        return rig;
    }

    /** Sends JSON written with single quotes. */
    void send(String json) {
        session.receive(json.replace('\'', '"'));
    }

    void text(String text) {
        session.receive("{\"realtimeInput\":{\"text\":" + LiveJson.text(text) + "}}");
    }

    /** Sends samples of 16 kHz in messages of 100 ms, in real time when {@code live}. */
    void speak(short[] samples, boolean live) {
        for (int at = 0; at < samples.length; at += 1600) {
            session.receive(audio(Arrays.copyOfRange(samples, at, Math.min(samples.length, at + 1600)), "audio"));
            if (live) {
                advance(100);
            }
        }
    }

    static String audio(short[] samples, String member) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * samples.length).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(samples);
        String blob = "{\"mimeType\":\"audio/pcm;rate=16000\",\"data\":\""
                + Base64.getEncoder().encodeToString(bytes.array()) + "\"}";
        return "{\"realtimeInput\":{\"" + member + "\":" + (member.equals("mediaChunks") ? "[" + blob + "]" : blob)
                + "}}";
    }

    void advance(long millis) {
        time.advance(Duration.ofMillis(millis));
    }

    /** What was sent, one word per frame, repetitions of sound and words folded. */
    List<String> story() {
        List<String> story = new ArrayList<>();
        for (String frame : frames) {
            String word = kind(LiveJson.read(frame));
            boolean folded = !story.isEmpty() && story.get(story.size() - 1).equals(word);
            if (!word.isEmpty() && !folded) {
                story.add(word);
            }
        }
        return story;
    }

    /** The story without transcripts, which may stand anywhere. */
    List<String> plainStory() {
        List<String> plain = new ArrayList<>();
        for (String word : story()) {
            boolean skipped = word.equals("outputTranscription")
                    || word.equals("inputTranscription")
                    || (!plain.isEmpty() && plain.get(plain.size() - 1).equals(word));
            if (!skipped) {
                plain.add(word);
            }
        }
        return plain;
    }

    private static String kind(JsonObject frame) {
        if (!frame.containsKey("serverContent")) {
            return frame.isEmpty() ? "" : frame.keySet().iterator().next();
        }
        JsonObject content = frame.getJsonObject("serverContent");
        if (content.containsKey("modelTurn")) {
            return frame.toString().contains("inlineData") ? "audio" : "text";
        }
        return content.isEmpty()
                ? frame.getJsonObject("voiceActivity").getString("type")
                : content.keySet().iterator().next();
    }

    /** The words of a transcription, or of text parts, put together. */
    String words(String field) {
        return frames.stream()
                .map(LiveJson::read)
                .map(frame -> LiveJson.inner(frame, "serverContent"))
                .map(content ->
                        field.equals("text") ? LiveJson.inner(content, "modelTurn") : LiveJson.inner(content, field))
                .map(inner -> inner.containsKey("parts")
                        ? inner.getJsonArray("parts").getJsonObject(0).getString("text", "")
                        : inner.getString("text", ""))
                .collect(Collectors.joining());
    }

    /** All model sound, s16le 24 kHz. */
    byte[] sound() {
        ByteArrayOutputStream sound = new ByteArrayOutputStream();
        for (String frame : frames) {
            int at = frame.indexOf("\"data\":\"");
            if (at >= 0 && frame.startsWith("{\"serverContent\"")) {
                sound.writeBytes(Base64.getDecoder().decode(frame.substring(at + 8, frame.indexOf('"', at + 8))));
            }
        }
        return sound.toByteArray();
    }

    /** The last frame with this top-level member. */
    JsonObject last(String member) {
        for (int i = frames.size() - 1; i >= 0; i--) {
            JsonObject frame = LiveJson.read(frames.get(i));
            if (frame.containsKey(member)) {
                return frame;
            }
        }
        throw new AssertionError("no " + member + " in " + frames);
    }

    String handle() {
        for (int i = frames.size() - 1; i >= 0; i--) {
            JsonObject update = LiveJson.inner(LiveJson.read(frames.get(i)), "sessionResumptionUpdate");
            if (update.getBoolean("resumable", false)) {
                return update.getString("newHandle");
            }
        }
        throw new AssertionError("no handle in " + frames);
    }

    String closed() {
        return closeCode + " " + closeReason;
    }

    @Override
    public void writeText(String text, Completion completion) {
        frames.add(text);
        binary.add(false);
        done(completion);
    }

    @Override
    public void writeBinary(ByteBuffer data, Completion completion) {
        frames.add(StandardCharsets.UTF_8.decode(data).toString());
        binary.add(true);
        done(completion);
    }

    private void done(Completion completion) {
        if (reads) {
            completion.written(null);
        } else {
            unread = completion;
        }
    }

    /** The client reads again. */
    void readAgain() {
        reads = true;
        Completion waiting = unread;
        unread = null;
        if (waiting != null) {
            waiting.written(null);
        }
    }

    @Override
    public void writePing(Completion completion) {
        pings++;
        completion.written(null);
    }

    @Override
    public void close(int code, String reason) {
        if (closeCode == null) {
            closeCode = code;
            closeReason = reason;
        }
    }
}
