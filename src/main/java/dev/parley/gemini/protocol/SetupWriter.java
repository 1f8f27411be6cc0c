package dev.parley.gemini.protocol;

import dev.parley.gemini.live.LiveRequest;
import dev.parley.gemini.live.LiveRequest.Modality;
import dev.parley.gemini.message.ClientContentMessage;
import dev.parley.gemini.message.Content;
import dev.parley.gemini.message.Empty;
import dev.parley.gemini.message.SetupMessage;
import dev.parley.gemini.message.SetupMessage.AudioTranscription;
import dev.parley.gemini.message.SetupMessage.AutomaticActivityDetection;
import dev.parley.gemini.message.SetupMessage.ContextWindowCompression;
import dev.parley.gemini.message.SetupMessage.GenerationConfig;
import dev.parley.gemini.message.SetupMessage.HistoryConfig;
import dev.parley.gemini.message.SetupMessage.PrebuiltVoiceConfig;
import dev.parley.gemini.message.SetupMessage.RealtimeInputConfig;
import dev.parley.gemini.message.SetupMessage.SessionResumption;
import dev.parley.gemini.message.SetupMessage.Setup;
import dev.parley.gemini.message.SetupMessage.SpeechConfig;
import dev.parley.gemini.message.SetupMessage.VoiceConfig;
import dev.parley.gemini.message.tool.ToolDeclaration;
import dev.parley.gemini.service.GoogleService;
import dev.parley.gemini.settings.LiveSettings;
import dev.parley.gemini.settings.ModelTable;
import dev.parley.gemini.settings.ModelTraits;
import dev.parley.gemini.settings.ModelTraits.Feature;
import dev.parley.gemini.settings.TurnDetection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The setup for a request: both transcriptions, compression and handles wherever the model takes them. */
public final class SetupWriter {
    private SetupWriter() {}

    /** The message to open a connection with. */
    public static SetupMessage setup(LiveRequest request, LiveSettings settings) {
        ModelTraits model = ModelTable.traits(request.model());
        GoogleService service = settings.service();
        return new SetupMessage(new Setup(
                service.modelName(request.model()),
                new GenerationConfig(List.of(request.modality().name()), speech(request, model)),
                instruction(request, model).map(Content::ofUser),
                tools(request, model),
                turnTaking(request, model, settings.turns()),
                transcription(request, model),
                presentIf(model.takes(Feature.OUTPUT_TRANSCRIPTION) && request.modality() == Modality.AUDIO),
                model.takes(Feature.COMPRESSION)
                        ? Optional.of(new ContextWindowCompression(Empty.PRESENT))
                        : Optional.empty(),
                model.takes(Feature.RESUMPTION)
                        ? Optional.of(new SessionResumption(request.resumptionHandle()))
                        : Optional.empty(),
                takesHistory(request, model) ? Optional.of(new HistoryConfig(true)) : Optional.empty(),
                Optional.of(true)
                        .filter(signals -> service.asksForSpeechSignals() && model.takes(Feature.TURN_DETECTION))));
    }

    /**
     * What was said before, to be sent as soon as the setup is confirmed and before anything else; empty when there is
     * nothing, or the model takes none.
     */
    public static Optional<ClientContentMessage> history(LiveRequest request) {
        if (!takesHistory(request, ModelTable.traits(request.model()))) {
            return Optional.empty();
        }
        return Optional.of(ClientContentMessage.ofHistory(request.history().stream()
                .map(said -> said.byModel() ? Content.ofModel(said.text()) : Content.ofUser(said.text()))
                .toList()));
    }

    private static boolean takesHistory(LiveRequest request, ModelTraits model) {
        return !request.history().isEmpty() && model.takes(Feature.HISTORY);
    }

    private static Optional<List<ToolDeclaration>> tools(LiveRequest request, ModelTraits model) {
        List<ToolDeclaration> tools = new ArrayList<>();
        if (!request.functions().isEmpty() && model.takes(Feature.FUNCTIONS)) {
            tools.add(functions(request, model));
        }
        if (request.wishes().search() && model.takes(Feature.SEARCH)) {
            tools.add(ToolDeclaration.GOOGLE_SEARCH);
        }
        return Optional.of(tools).filter(some -> !some.isEmpty());
    }

    private static ToolDeclaration functions(LiveRequest request, ModelTraits model) {
        boolean chooses = model.takes(Feature.BLOCKING_FUNCTIONS) && model.takes(Feature.ASYNC_FUNCTIONS);
        return ToolDeclaration.ofFunctions(request.functions().stream()
                .map(function -> new ToolDeclaration.Function(
                        function.name(),
                        function.description(),
                        chooses ? Optional.of(function.blocking() ? "BLOCKING" : "NON_BLOCKING") : Optional.empty(),
                        function.schema()))
                .toList());
    }

    /** Words that a voice model is to know stand in its instruction, as it has no other place for them. */
    private static Optional<String> instruction(LiveRequest request, ModelTraits model) {
        if (!model.takes(Feature.SYSTEM_INSTRUCTION)) {
            return Optional.empty();
        }
        List<String> words =
                model.takes(Feature.VOCABULARY) ? List.of() : request.wishes().vocabulary();
        return words.isEmpty()
                ? request.systemInstruction()
                : Optional.of(
                        request.systemInstruction().map(text -> text + "\n\n").orElse("")
                                + "These words may be said; know them when you hear them: " + String.join(", ", words)
                                + ".");
    }

    private static Optional<AudioTranscription> transcription(LiveRequest request, ModelTraits model) {
        if (!model.takes(Feature.INPUT_TRANSCRIPTION)) {
            return Optional.empty();
        }
        boolean hints = model.takes(Feature.VOCABULARY);
        return Optional.of(new AudioTranscription(
                request.language().filter(tag -> hints).map(List::of),
                Optional.of(request.wishes().vocabulary()).filter(words -> hints && !words.isEmpty())));
    }

    private static Optional<SpeechConfig> speech(LiveRequest request, ModelTraits model) {
        if (request.modality() != Modality.AUDIO) {
            return Optional.empty();
        }
        Optional<VoiceConfig> voice = request.voice()
                .filter(name -> model.takes(Feature.VOICE))
                .map(name -> new VoiceConfig(new PrebuiltVoiceConfig(name)));
        Optional<String> language = request.language().filter(tag -> model.takes(Feature.LANGUAGE));
        return voice.isEmpty() && language.isEmpty()
                ? Optional.empty()
                : Optional.of(new SpeechConfig(voice, language));
    }

    private static Optional<RealtimeInputConfig> turnTaking(
            LiveRequest request, ModelTraits model, TurnDetection turns) {
        if (!model.takes(Feature.TURN_DETECTION)) {
            return Optional.empty();
        }
        Optional<AutomaticActivityDetection> detection = request.manualActivity()
                ? Optional.of(new AutomaticActivityDetection(
                        Optional.of(true), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()))
                : detection(turns);
        Optional<String> handling = request.wishes()
                .interruptible()
                .map(cuts -> cuts ? TurnDetection.INTERRUPTS : TurnDetection.NO_INTERRUPTION)
                .or(turns::activityHandling);
        return detection.isEmpty() && handling.isEmpty() && turns.turnCoverage().isEmpty()
                ? Optional.empty()
                : Optional.of(new RealtimeInputConfig(detection, handling, turns.turnCoverage()));
    }

    private static Optional<AutomaticActivityDetection> detection(TurnDetection turns) {
        boolean configured = turns.startSensitivity().isPresent()
                || turns.endSensitivity().isPresent()
                || turns.prefixPadding().isPresent()
                || turns.silenceDuration().isPresent();
        return configured
                ? Optional.of(new AutomaticActivityDetection(
                        Optional.empty(),
                        turns.startSensitivity(),
                        turns.endSensitivity(),
                        turns.prefixPadding().map(Duration::toMillis),
                        turns.silenceDuration().map(Duration::toMillis)))
                : Optional.empty();
    }

    private static Optional<Empty> presentIf(boolean condition) {
        return condition ? Optional.of(Empty.PRESENT) : Optional.empty();
    }
}
