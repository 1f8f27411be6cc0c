package dev.parley.simulator.generation;

import dev.parley.simulator.fault.Caller;
import dev.parley.simulator.fault.Caller.Scope;
import dev.parley.simulator.fault.FaultCommand;
import dev.parley.simulator.fault.FaultPlans;
import dev.parley.simulator.fault.GoogleError;
import dev.parley.simulator.fault.RestFault;
import dev.parley.simulator.files.DiskSpace;
import dev.parley.simulator.files.FileShelf;
import dev.parley.simulator.files.StoredFile;
import dev.parley.simulator.prompt.BodyReader;
import dev.parley.simulator.prompt.Prompt;
import dev.parley.simulator.prompt.Prompt.Medium;
import dev.parley.simulator.prompt.RequestBody;
import dev.parley.simulator.protocol.LiveJson;
import dev.parley.simulator.survey.Findings;
import dev.parley.simulator.survey.Surveyor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Answers {@code generateContent}. Blocks while it reads and measures: the callers bound how many do at once. */
@ApplicationScoped
public class Generation {
    private static final int TOKENS_PER_PICTURE = 258;

    /** What Google's Developer API lists for sound. */
    private static final Set<String> SOUND = Set.of(
            "audio/wav",
            "audio/mp3",
            "audio/aiff",
            "audio/aac",
            "audio/ogg",
            "audio/flac",
            "audio/mpeg",
            "audio/x-wav");

    private final DiskSpace space;
    private final FileShelf shelf;
    private final Surveyor surveyor;
    private final FaultPlans plans;

    /** For CDI's client proxy only. */
    protected Generation() {
        this(new DiskSpace(), FileShelf.none(), Surveyor.none(), new FaultPlans());
    }

    /** Over these files. */
    @Inject
    public Generation(DiskSpace space, FileShelf shelf, Surveyor surveyor, FaultPlans plans) {
        this.space = space;
        this.shelf = shelf;
        this.surveyor = surveyor;
        this.plans = plans;
    }

    /**
     * Answers a request; what is wrong with it is an answer too.
     *
     * @param modelId bare id
     * @param body its bytes; read to their end unless they are refused before
     * @throws IOException when the client left or the disk failed
     */
    public Reply reply(Caller caller, String modelId, Framing framing, InputStream body) throws IOException {
        try (RequestBody request = BodyReader.read(body, space)) {
            return reply(caller, modelId, framing, request);
        } catch (GoogleError error) {
            return Reply.error(framing, error, Duration.ZERO);
        }
    }

    /**
     * Counts the tokens of a request's words.
     *
     * @throws IOException when the client left or the disk failed
     */
    public Reply count(Caller caller, InputStream body) throws IOException {
        try (RequestBody request = BodyReader.read(body, space)) {
            Prompt prompt = Prompt.read(request);
            caller.fail(Scope.GENERATE, plans);
            long tokens = Responses.tokens(prompt.text()) + Responses.tokens(prompt.instruction());
            return Reply.json(200, LiveJson.object().add("totalTokens", tokens).build());
        }
    }

    private Reply reply(Caller caller, String modelId, Framing framing, RequestBody request) throws IOException {
        Prompt prompt = Prompt.read(request);
        List<FaultCommand> commands = new ArrayList<>(caller.commands(Scope.GENERATE));
        commands.addAll(FaultCommand.in(prompt.instruction() + "\n" + prompt.text(), List.of()));
        Wishes wishes = new Wishes(commands);
        Optional<FaultCommand> failure = plans.next(Scope.GENERATE.name(), caller.key(), wishes.failures());
        Optional<GoogleError> error =
                failure.flatMap(command -> RestFault.named(command.word()).map(fault -> fault.error(command)));
        boolean late = framing.streams()
                && failure.isPresent()
                && !failure.get().after().isZero();
        if (error.isPresent() && !late) {
            return Reply.error(
                    framing, error.get(), Wishes.bounded(failure.get().after().plus(wishes.seconds("delay", 2))));
        }
        BatchModel model = BatchModel.find(modelId)
                .orElseThrow(() -> GoogleError.unknownModel(modelId, caller.version(), "generateContent"));
        List<JsonObject> pieces = pieces(caller, model, framing, prompt, request, wishes);
        return new Pacing(framing, wishes).reply(pieces, failure, error);
    }

    private List<JsonObject> pieces(
            Caller caller, BatchModel model, Framing framing, Prompt prompt, RequestBody request, Wishes wishes)
            throws IOException {
        Sounds sounds = new Sounds(surveyor);
        List<Findings> recordings = new ArrayList<>();
        int pictures = 0;
        for (Medium medium : prompt.media()) {
            Path path;
            String type = medium.mimeType();
            if (medium.isInline()) {
                path = request.inline().get(medium.inline()).path();
            } else {
                StoredFile file = shelf.active(caller.key(), medium.uri());
                path = file.path();
                type = type.isEmpty() ? file.mimeType() : type;
            }
            if (type.startsWith("image/")) {
                pictures++;
            } else if (SOUND.contains(type)) {
                recordings.add(sounds.survey(path, type));
            } else {
                throw GoogleError.invalid("Unsupported MIME type: " + type);
            }
        }
        long audioTokens = recordings.stream().mapToLong(Findings::tokens).sum();
        Responses responses = new Responses(
                model,
                !framing.streams(),
                Responses.tokens(prompt.text()) + Responses.tokens(prompt.instruction()),
                audioTokens,
                (long) pictures * TOKENS_PER_PICTURE);
        if (wishes.has("blocked")) {
            return List.of(responses.blocked());
        }
        if (wishes.has("empty")) {
            return List.of(responses.empty());
        }
        if (model.transcribes()) {
            return transcript(responses, framing, prompt, recordings);
        }
        List<String> told = new ArrayList<>(AnswerText.told(prompt, recordings, pictures));
        return responses.text(
                framing.streams() ? told : List.of(String.join("", told)),
                prompt.maxOutputTokens(),
                wishes.has("thoughts"));
    }

    private static List<JsonObject> transcript(
            Responses responses, Framing framing, Prompt prompt, List<Findings> recordings) {
        if (recordings.isEmpty()) {
            throw GoogleError.invalid("* GenerateContentRequest.contents: a transcription needs audio.\n");
        }
        int perPart = framing.streams() ? AnswerText.STRETCHES_PER_PIECE : Integer.MAX_VALUE;
        return responses.parts(
                AnswerText.transcribed(prompt, recordings, perPart).stream()
                        .map(List::of)
                        .toList(),
                "STOP");
    }
}
