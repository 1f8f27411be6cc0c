package dev.parley.simulator.protocol;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Server messages as JSON texts, one meaning each. Only top-level names that Google has: SDKs break on others. */
public final class ServerFrames {
    /** Means nothing; Google sprinkles it. */
    public static final String EMPTY = "{}";

    /** The whole answer is made. */
    public static final String GENERATION_COMPLETE = "{\"serverContent\":{\"generationComplete\":true}}";

    /** The person cut in. */
    public static final String INTERRUPTED = "{\"serverContent\":{\"interrupted\":true}}";

    private ServerFrames() {}

    /** The setup is taken; only Vertex names the session. */
    public static String setupComplete(Optional<String> sessionId) {
        JsonObjectBuilder body = LiveJson.object();
        sessionId.ifPresent(id -> body.add("sessionId", id));
        return LiveJson.object().add("setupComplete", body).build().toString();
    }

    /** A handle to resume with; empty while the session cannot be resumed. The index is for transparent resumption. */
    public static String resumption(Optional<String> handle, OptionalLong lastConsumedIndex) {
        JsonObjectBuilder body =
                LiveJson.object().add("newHandle", handle.orElse("")).add("resumable", handle.isPresent());
        lastConsumedIndex.ifPresent(index -> body.add("lastConsumedClientMessageIndex", Long.toString(index)));
        return LiveJson.object().add("sessionResumptionUpdate", body).build().toString();
    }

    /** The next sound: s16le mono 24 kHz. Written by hand, being the hot one. */
    public static String audio(byte[] pcm) {
        return "{\"serverContent\":{\"modelTurn\":{\"parts\":[{\"inlineData\":{\"mimeType\":\"audio/pcm;rate=24000\","
                + "\"data\":\"" + Base64.getEncoder().encodeToString(pcm) + "\"}}],\"role\":\"model\"}}}";
    }

    /** The next written words. */
    public static String text(String delta) {
        return "{\"serverContent\":{\"modelTurn\":{\"parts\":[{\"text\":" + LiveJson.text(delta)
                + "}],\"role\":\"model\"}}}";
    }

    /** What the person said: a delta. */
    public static String inputTranscription(String delta) {
        return transcription("inputTranscription", delta);
    }

    /** What the person is saying: replaces the last one. */
    public static String interimInputTranscription(String text) {
        return transcription("interimInputTranscription", text);
    }

    /** What the model says: a delta. */
    public static String outputTranscription(String delta) {
        return transcription("outputTranscription", delta);
    }

    /** The turn is over; {@code status} is an interactionStatus. */
    public static String turnComplete(Optional<String> status, Optional<JsonObject> usage) {
        JsonObjectBuilder content = LiveJson.object().add("turnComplete", true);
        status.ifPresent(value -> content.add("interactionStatus", value));
        JsonObjectBuilder message = LiveJson.object().add("serverContent", content);
        usage.ifPresent(value -> message.add("usageMetadata", value));
        return message.build().toString();
    }

    /** A function to call. */
    public static String toolCall(String id, String name, JsonObject args) {
        JsonObjectBuilder call =
                LiveJson.object().add("id", id).add("name", name).add("args", args);
        return LiveJson.object()
                .add(
                        "toolCall",
                        LiveJson.object().add("functionCalls", LiveJson.array().add(call)))
                .build()
                .toString();
    }

    /** Calls whose results are not wanted any more. */
    public static String toolCallCancellation(List<String> ids) {
        JsonArrayBuilder list = LiveJson.array();
        ids.forEach(list::add);
        return LiveJson.object()
                .add("toolCallCancellation", LiveJson.object().add("ids", list))
                .build()
                .toString();
    }

    /** The page that an answer stands on, and the HTML to be shown with it, as Google tells them after a search. */
    public static String grounding(String query, String title, String uri, String suggestions) {
        JsonObjectBuilder page =
                LiveJson.object().add("web", LiveJson.object().add("uri", uri).add("title", title));
        JsonObjectBuilder metadata = LiveJson.object()
                .add("webSearchQueries", LiveJson.array().add(query))
                .add("searchEntryPoint", LiveJson.object().add("renderedContent", suggestions))
                .add("groundingChunks", LiveJson.array().add(page));
        return LiveJson.object()
                .add("serverContent", LiveJson.object().add("groundingMetadata", metadata))
                .build()
                .toString();
    }

    /** This connection ends in so many seconds. */
    public static String goAway(long seconds) {
        return "{\"goAway\":{\"timeLeft\":\"" + seconds + "s\"}}";
    }

    /** Speech began or ended, as caption models tell it, in a frame of its own. */
    public static String voiceActivity(boolean start, String offset) {
        return "{\"serverContent\":{},\"voiceActivity\":{\"type\":\"ACTIVITY_" + (start ? "START" : "END")
                + "\",\"audioOffset\":\"" + offset + "\"}}";
    }

    /** The same as Vertex tells it when asked by explicitVadSignal. */
    public static String vadSignal(boolean start) {
        return "{\"voiceActivityDetectionSignal\":{\"vadSignalType\":\"VAD_SIGNAL_TYPE_" + (start ? "SOS" : "EOS")
                + "\"}}";
    }

    private static String transcription(String field, String text) {
        return "{\"serverContent\":{\"" + field + "\":{\"text\":" + LiveJson.text(text) + "}}}";
    }
}
