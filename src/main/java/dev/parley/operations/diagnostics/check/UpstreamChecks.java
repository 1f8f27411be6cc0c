package dev.parley.operations.diagnostics.check;

import dev.parley.gemini.failure.RestFailure;
import dev.parley.gemini.live.LiveChoice;
import dev.parley.gemini.live.LiveEvent;
import dev.parley.gemini.live.LiveRequest;
import dev.parley.limits.SessionLease;
import dev.parley.operations.diagnostics.step.Examination;
import dev.parley.operations.diagnostics.step.Fault;
import dev.parley.operations.diagnostics.step.Finding;
import dev.parley.operations.diagnostics.step.StepName;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/** Gemini, as conversations use it: from the name in the network to the first sound of an answer, to a text or to a voice. */
public final class UpstreamChecks {
    private static final String ENDPOINT = "parley.gemini.endpoint";
    private static final String QUESTION = "Say hello in one short sentence.";
    private static final Duration REST_PATIENCE = Duration.ofSeconds(10);

    private final Means means;
    private final Examination examination;

    /** Goes there by these means. */
    public UpstreamChecks(Means means, Examination examination) {
        this.means = means;
        this.examination = examination;
    }

    /** The whole way, on a slot of its own. */
    public void examine(boolean byVoice) {
        try (SessionLease lease = examination.step(StepName.SLOT, () -> Slot.take(means.admission(), examination))) {
            LiveRequest request = means.defaults().resolve(lease.key(), LiveChoice.DEFAULTS);
            new NetworkChecks(examination, means.mayBlock(), means.tls()).reach(this::base, ENDPOINT);
            boolean told = examination.step(StepName.KEY, () -> key(lease));
            examination.step(StepName.MODEL, () -> model(request, told));
            try (LiveTalk talk = new LiveTalk(means.upstream(), request, lease, examination)) {
                examination.step(StepName.SETUP, () -> setUp(talk, request));
                if (byVoice) {
                    examination.step(StepName.TRANSCRIPT, () -> speak(talk, request));
                } else {
                    examination.step(StepName.FIRST_TOKEN, () -> ask(talk));
                }
                examination.step(StepName.FIRST_AUDIO, () -> sound(talk, request));
            }
        }
    }

    private Finding<Boolean> key(SessionLease lease) throws Fault {
        String name = lease.key().name();
        try {
            means.probe().key(lease.key(), examination.patience(REST_PATIENCE), examination.cancellation());
            means.board().accepted(name, means.clock().instant());
            return Finding.passed(means.probe().hasList(), "Gemini takes the key \"" + name + "\".");
        } catch (RestFailure failure) {
            switch (failure.status()) {
                case 400, 401, 403 -> {
                    means.board()
                            .refused(name, failure.getMessage(), means.clock().instant());
                    throw new Fault(failure.getMessage(), failure);
                }
                case 429 -> throw new Fault(failure.getMessage(), failure);
                default -> {
                    return Finding.skipped(
                            false,
                            "Gemini's list of models does not answer here; the session shows whether the key is taken. ("
                                    + failure.getMessage() + ")");
                }
            }
        }
    }

    private Finding<Boolean> model(LiveRequest request, boolean listAnswers) throws Fault {
        String model = request.model();
        if (!listAnswers) {
            return Finding.skipped(false, "The session shows whether there is \"" + model + "\".");
        }
        Set<String> methods;
        try {
            methods = means.probe()
                    .methods(request.key(), model, examination.patience(REST_PATIENCE), examination.cancellation());
        } catch (RestFailure failure) {
            if (failure.status() == 404) {
                throw new Fault(
                        "Gemini has no model \"" + model + "\" for this key. Set parley.gemini.model to one that"
                                + " /api/models lists, or another parley.gemini.version.",
                        failure);
            }
            throw new Fault(failure.getMessage(), failure);
        }
        if (!methods.isEmpty() && !methods.contains("bidiGenerateContent")) {
            throw new Fault(
                    "Gemini has \"" + model + "\", but it holds no live conversations. Set parley.gemini.model to a"
                            + " Live model, such as one that /api/models lists.");
        }
        return Finding.passed(true, "\"" + model + "\" can hold live conversations.");
    }

    private Finding<Boolean> setUp(LiveTalk talk, LiveRequest request) throws Fault {
        talk.await(
                LiveEvent.Ready.class::isInstance,
                Duration.ofSeconds(30),
                "Gemini does not confirm the session with \"" + request.model() + "\". Try again, or another model"
                        + " (parley.gemini.model).");
        return Finding.passed(true, "\"" + request.model() + "\" is ready.");
    }

    private Finding<Boolean> ask(LiveTalk talk) throws Fault {
        talk.connection().sendText(QUESTION);
        LiveEvent first = talk.await(
                event -> event instanceof LiveEvent.ModelText
                        || event instanceof LiveEvent.OutputTranscript
                        || event instanceof LiveEvent.ModelAudio,
                means.answerPatience(),
                "The session stands, but the model answers nothing to a text within "
                        + means.answerPatience().toSeconds()
                        + " s. Try again; if it stays so, choose another model (parley.gemini.model).");
        if (first instanceof LiveEvent.ModelAudio) {
            talk.keep(first);
        }
        return Finding.passed(true, "To \"" + QUESTION + "\"");
    }

    private Finding<Boolean> speak(LiveTalk talk, LiveRequest request) throws Fault, IOException {
        byte[] voice = BundledVoice.pcm(means.decoders());
        if (request.manualActivity()) {
            talk.connection().sendActivityStart();
        }
        talk.speak(voice, means.speed());
        if (request.manualActivity()) {
            talk.connection().sendActivityEnd();
        } else {
            talk.connection().sendAudioStreamEnd();
        }
        LiveEvent heard = talk.await(
                event -> event instanceof LiveEvent.InputTranscript || event instanceof LiveEvent.InputPreview,
                means.answerPatience(),
                "Gemini took " + BundledVoice.SECONDS + " s of speech and wrote none of it down. Choose a model that"
                        + " transcribes (docs/desk.md), or try again.");
        String words = heard instanceof LiveEvent.InputTranscript transcript
                ? transcript.delta()
                : ((LiveEvent.InputPreview) heard).text();
        return Finding.passed(true, "Heard: \"" + Quotes.of(words) + "\"");
    }

    private Finding<Boolean> sound(LiveTalk talk, LiveRequest request) throws Fault {
        if (request.modality() != LiveRequest.Modality.AUDIO) {
            return Finding.skipped(false, "\"" + request.model() + "\" answers in writing.");
        }
        LiveEvent.ModelAudio audio = (LiveEvent.ModelAudio) talk.await(
                LiveEvent.ModelAudio.class::isInstance,
                means.answerPatience(),
                "The model answers, but nothing is heard of it. Choose a model that speaks (parley.gemini.model), or"
                        + " another voice (parley.gemini.voice).");
        return Finding.passed(true, audio.rate() + " Hz.");
    }

    private URI base() throws Fault {
        return means.address()
                .base()
                .orElseThrow(() -> new Fault("The simulator of this server does not know its address yet. Open the page"
                        + " once, or set parley.simulator.address."));
    }
}
