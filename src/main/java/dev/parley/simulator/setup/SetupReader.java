package dev.parley.simulator.setup;

import dev.parley.shared.settings.Secret;
import dev.parley.simulator.hearing.HearingSettings;
import dev.parley.simulator.protocol.ClientMessage.Dialect;
import dev.parley.simulator.protocol.LiveJson;
import dev.parley.simulator.protocol.LiveModel;
import dev.parley.simulator.protocol.LiveModel.Trait;
import dev.parley.simulator.protocol.Refusal;
import dev.parley.simulator.protocol.WireFault;
import dev.parley.simulator.setup.SessionSetup.Compression;
import dev.parley.simulator.setup.SessionSetup.Oddity;
import dev.parley.simulator.setup.SessionSetup.Resumption;
import dev.parley.simulator.setup.SessionSetup.Transcripts;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Checks a setup message against what its model takes, and refuses as Google does. */
public final class SetupReader {
    private static final List<String> NOT_IN_LIVE = List.of(
            "responseLogprobs",
            "responseMimeType",
            "logprobs",
            "responseSchema",
            "stopSequences",
            "routingConfig",
            "audioTimestamp",
            "translationConfig");

    private final JsonObject setup;
    private final Handshake handshake;
    private final JsonObject generation;
    private final LiveModel model;

    private SetupReader(JsonObject setup, Handshake handshake) {
        this.setup = setup;
        this.handshake = handshake;
        this.generation = LiveJson.inner(setup, "generationConfig");
        this.model = model(setup.getString("model", ""), handshake);
    }

    /**
     * Reads the setup.
     *
     * @param setup the message's body with camelCase names, its fields known to exist
     * @throws Refusal with what Google closes with
     */
    public static SessionSetup read(JsonObject setup, Handshake handshake) {
        return new SetupReader(setup, handshake).read();
    }

    private SessionSetup read() {
        NOT_IN_LIVE.forEach(field -> require(!generation.containsKey(field)));
        checkThinking();
        checkVoice();
        checkProactivity();
        JsonObject input = LiveJson.inner(setup, "realtimeInputConfig");
        return new SessionSetup(
                model,
                account(),
                writes(),
                new Transcripts(
                        setup.containsKey("inputAudioTranscription"),
                        setup.containsKey("outputAudioTranscription"),
                        isVertex()),
                hearing(!isVertex(), LiveJson.inner(input, "automaticActivityDetection")),
                !"NO_INTERRUPTION".equals(input.getString("activityHandling", "")),
                FunctionReader.read(array("tools"), model),
                array("tools").getValuesAs(JsonObject.class).stream()
                        .anyMatch(tool -> tool.containsKey("googleSearch")),
                resumption(),
                compression(),
                Texts.of(setup.get("systemInstruction")),
                LiveJson.inner(setup, "historyConfig").getBoolean("initialHistoryInClientContent", false),
                setup.getBoolean("explicitVadSignal", false),
                oddity());
    }

    private boolean isVertex() {
        return handshake.dialect() == Dialect.VERTEX;
    }

    private Optional<Secret> account() {
        return isVertex()
                ? Optional.of(new Secret("account " + setup.getString("model").replaceFirst("/locations/.*", "")))
                : handshake.credential();
    }

    private static LiveModel model(String path, Handshake handshake) {
        String id = path.substring(path.lastIndexOf('/') + 1);
        String prefix = path.substring(0, path.length() - id.length());
        boolean known = handshake.dialect() == Dialect.VERTEX
                ? prefix.matches("projects/[^/]+/locations/[^/]+/publishers/google/models/") || prefix.isEmpty()
                : prefix.equals("models/") || prefix.isEmpty();
        return Optional.of(id)
                .filter(name -> known)
                .flatMap(name -> LiveModel.find(name, handshake.version()))
                .orElseThrow(() -> handshake.dialect() == Dialect.VERTEX
                        ? Refusal.unknownPublisherModel(path)
                        : Refusal.unknownModel(id, handshake.version()));
    }

    private boolean writes() {
        JsonArray modalities = generation.getJsonArray("responseModalities");
        if (modalities == null || modalities.isEmpty()) {
            return !model.is(Trait.SPEAKS);
        }
        String wanted = modalities.getString(0);
        boolean taken = modalities.size() == 1
                && ((wanted.equals("AUDIO") && model.is(Trait.SPEAKS))
                        || (wanted.equals("TEXT") && model.is(Trait.WRITES)));
        if (!taken) {
            String list = modalities.getValuesAs(JsonString.class).stream()
                    .map(JsonString::getString)
                    .collect(Collectors.joining(", "));
            throw new Refusal(
                    1007,
                    "The requested combination of response modalities (" + list + ") is not supported by the model. "
                            + model.id());
        }
        return wanted.equals("TEXT");
    }

    private void checkThinking() {
        JsonObject thinking = generation.getJsonObject("thinkingConfig");
        if (thinking != null) {
            require(!model.is(Trait.FIXED_THINKING));
            require(!(model.is(Trait.INTERACTION_STATUS)
                    && thinking.getString("thinkingLevel", "").equals("MINIMAL")));
        }
    }

    private void checkVoice() {
        JsonObject speech = LiveJson.inner(generation, "speechConfig");
        require(!speech.containsKey("multiSpeakerVoiceConfig"));
        String voice = LiveJson.inner(LiveJson.inner(speech, "voiceConfig"), "prebuiltVoiceConfig")
                .getString("voiceName", "");
        if (!voice.isEmpty() && !Voices.exists(voice)) {
            throw new Refusal(
                    1007, "Requested voice api_name '" + voice + "' is not available for model " + model.id());
        }
    }

    private void checkProactivity() {
        JsonObject proactivity = setup.getJsonObject("proactivity");
        if (proactivity != null) {
            require(proactivity.getBoolean("proactiveAudio", true) || !model.is(Trait.ALWAYS_PROACTIVE));
            require(!model.is(Trait.CONTENT_SEEDS_ONLY));
        }
    }

    /** What is not said is HIGH with the Developer API and LOW on Vertex AI. */
    private static HearingSettings hearing(boolean keen, JsonObject detection) {
        String usual = keen ? "HIGH" : "LOW";
        HearingSettings hearing = HearingSettings.of(
                !detection.getBoolean("disabled", false),
                !detection.getString("startOfSpeechSensitivity", usual).endsWith("LOW"),
                !detection.getString("endOfSpeechSensitivity", usual).endsWith("LOW"));
        if (detection.containsKey("prefixPaddingMs")) {
            hearing = hearing.withPrefixMillis(LiveJson.number(detection, "prefixPaddingMs", 0));
        }
        if (detection.containsKey("silenceDurationMs")) {
            hearing = hearing.withSilenceMillis(LiveJson.number(detection, "silenceDurationMs", 0));
        }
        return hearing;
    }

    private Optional<Resumption> resumption() {
        JsonObject wish = setup.getJsonObject("sessionResumption");
        if (wish == null || model.is(Trait.CAPTIONS)) { // caption sessions get no handles
            return Optional.empty();
        }
        Optional<String> handle = Optional.of(wish.getString("handle", "")).filter(text -> !text.isEmpty());
        return Optional.of(new Resumption(handle, wish.getBoolean("transparent", false)));
    }

    private Optional<Compression> compression() {
        JsonObject wish = setup.getJsonObject("contextWindowCompression");
        if (wish == null) {
            return Optional.empty();
        }
        require(wish.containsKey("slidingWindow"));
        double trigger = LiveJson.number(wish, "triggerTokens", 0.8 * model.inputTokens());
        double target = LiveJson.number(LiveJson.inner(wish, "slidingWindow"), "targetTokens", trigger / 2);
        require(trigger >= 0 && target >= 0 && target <= trigger);
        return Optional.of(new Compression((long) trigger, (long) target));
    }

    private Oddity oddity() {
        if (!generation.getBoolean("enableAffectiveDialog", false) || model.is(Trait.MEDIA_CHUNKS)) {
            return Oddity.NONE;
        }
        return model.is(Trait.CONTENT_SEEDS_ONLY) ? Oddity.NEVER_COMPLETES : Oddity.FIRST_CONTENT_FAILS;
    }

    private JsonArray array(String name) {
        JsonArray array = setup.getJsonArray(name);
        return array == null ? JsonValue.EMPTY_JSON_ARRAY : array;
    }

    static void require(boolean condition) {
        if (!condition) {
            throw WireFault.INVALID_ARGUMENT.refusal();
        }
    }
}
