package dev.parley.simulator.turn;

import dev.parley.simulator.hearing.Hearing;
import dev.parley.simulator.hearing.Utterance;
import dev.parley.simulator.line.Outbox;
import dev.parley.simulator.line.SerialTimers;
import dev.parley.simulator.protocol.LiveModel.Trait;
import dev.parley.simulator.protocol.ServerFrames;
import dev.parley.simulator.setup.SessionSetup;
import dev.parley.simulator.sight.Album;
import dev.parley.simulator.sound.Chimes;
import dev.parley.simulator.sound.OwnVoice;
import dev.parley.simulator.wording.HeardNotes;
import dev.parley.simulator.wording.Wording;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The conversation model's side: what is said or written is answered, one answer at a time; new input cuts an answer
 * unless the setup forbids it, and then waits. Serial order of the session.
 */
public final class Turns implements Hearing.Listener {
    private static final int MAX_WAITING = 8;
    private static final String MARK_OF_THOUGHT = "thinking";

    private final SessionSetup setup;
    private final Outbox outbox;
    private final SerialTimers timers;
    private final Clock clock;
    private final ContextMeter context;
    private final Consumer<Boolean> resumable;
    private final ToolDesk tools;
    private final Caprices caprices = new Caprices();
    private final ArrayDeque<Script> waiting = new ArrayDeque<>();
    private HeardNotes notes = new HeardNotes();
    private @Nullable Answer current;
    private final Album album = new Album();

    /**
     * Nobody has spoken yet.
     *
     * @param resumable told false when an answer begins and true when the session can be resumed again
     */
    public Turns(
            SessionSetup setup,
            boolean vertex,
            Outbox outbox,
            SerialTimers timers,
            Clock clock,
            ContextMeter context,
            Consumer<Boolean> resumable) {
        this.setup = setup;
        this.outbox = outbox;
        this.timers = timers;
        this.clock = clock;
        this.context = context;
        this.resumable = resumable;
        this.tools = new ToolDesk(setup, vertex, outbox);
    }

    /** What faults on request change. */
    public Caprices caprices() {
        return caprices;
    }

    /** Whether an answer is being given. */
    public boolean isSpeaking() {
        return current != null;
    }

    @Override
    public void began(Utterance utterance, long atMillis) {
        notes = new HeardNotes();
        newInput();
        if (setup.vadSignals()) {
            outbox.send(ServerFrames.vadSignal(true));
        }
    }

    @Override
    public void grew(Utterance utterance) {
        if (setup.transcripts().input()) {
            notes.grew(utterance).map(ServerFrames::inputTranscription).ifPresent(outbox::send);
        }
    }

    @Override
    public void ended(Utterance utterance, long atMillis) {
        if (setup.transcripts().input()) {
            notes.ended(utterance).map(ServerFrames::inputTranscription).ifPresent(outbox::send);
        }
        if (setup.vadSignals()) {
            outbox.send(ServerFrames.vadSignal(false));
        }
        int turn = context.nextTurn();
        short[] sound = utterance.sound();
        String words = Wording.heard(turn, utterance, album.describe(), !setup.writes());
        answer(new Script(words, () -> new OwnVoice(sound, Utterance.RATE)));
    }

    /** The person showed a picture. */
    public void showed(byte[] picture) {
        album.add(picture);
        context.saw();
    }

    /** The person wrote. A text such as {@code call NAME {"city":"Bonn"}} makes the model call a function. */
    public void wrote(String text) {
        context.read(text);
        newInput();
        int turn = context.nextTurn();
        Optional<CallRequest> call = CallRequest.in(text);
        if (call.isPresent()) {
            call(turn, call.get());
        } else {
            answer(chimed(Wording.read(turn, text, album.describe(), !setup.writes())));
        }
    }

    /** The client gives the word without saying anything new. */
    public void wasAsked() {
        newInput();
        answer(chimed(Wording.spokenTo(context.nextTurn())));
    }

    /** Says something of its own accord. */
    public void say(String words) {
        answer(chimed(words));
    }

    /** New input came that begins no turn yet. */
    public void newInput() {
        if (setup.interrupts()) {
            interrupt();
        }
        tools.cancelBlocking();
    }

    /** Functions answered. */
    public void toolsAnswered(JsonArray answers) {
        for (JsonObject each : answers.getValuesAs(JsonObject.class)) {
            tools.answered(each).ifPresent(this::speakOf);
        }
    }

    /** Makes all pending calls unwanted. */
    public void cancelTools() {
        tools.cancelAll();
    }

    /** Cuts the answer, if there is one: what was sent counts, the rest never was. */
    public void interrupt() {
        waiting.clear();
        Answer cut = current;
        if (cut != null) {
            current = null;
            cut.stop();
            outbox.send(ServerFrames.INTERRUPTED);
            complete(cut, false);
        }
    }

    private void speakOf(ToolDesk.Result result) {
        context.read(result.response());
        if (result.when() == ToolDesk.When.NEVER) {
            return;
        }
        if (result.when() == ToolDesk.When.NOW) {
            interrupt();
        }
        int turn = context.nextTurn();
        answer(chimed(Wording.answered(turn, result.function().name(), result.response())));
    }

    private void call(int turn, CallRequest request) {
        SessionSetup.Function function = setup.functions().get(request.function());
        Optional<JsonObject> arguments = request.arguments();
        if (function == null) {
            answer(chimed(Wording.notDeclared(turn, request.function())));
        } else if (arguments.isEmpty()) {
            answer(chimed(Wording.badArguments(turn, request.function())));
        } else if (function.blocking()) {
            resumable.accept(false);
            tools.call(function, arguments.get());
        } else if (setup.model().is(Trait.INTERACTION_STATUS)) {
            answer(new Script(
                    Wording.thinking(turn, function.name()),
                    () -> new Chimes(MARK_OF_THOUGHT),
                    true,
                    () -> tools.call(function, arguments.get())));
        } else {
            tools.call(function, arguments.get());
            answer(chimed(Wording.calling(turn, function.name())));
        }
    }

    private static Script chimed(String words) {
        return new Script(words, () -> new Chimes(words));
    }

    private void answer(Script script) {
        if (caprices.keepsSilent()) {
            return;
        }
        if (current != null) {
            if (waiting.size() == MAX_WAITING) {
                waiting.remove();
            }
            waiting.add(script);
            return;
        }
        resumable.accept(false);
        Answer.Style style = new Answer.Style(setup.writes(), setup.transcripts(), caprices.transcriptsLate());
        Answer next = new Answer(script, style, outbox, timers, clock, this::answered);
        current = next;
        next.begin(caprices.delay());
    }

    private void answered() {
        Answer done = current;
        if (done == null) {
            return;
        }
        current = null;
        complete(done, done.script().goesOn());
        done.script().afterwards().run();
        Script next = waiting.poll();
        if (next != null && current == null) {
            answer(next);
        }
    }

    private void complete(Answer answer, boolean goesOn) {
        Optional<String> status = setup.model().is(Trait.INTERACTION_STATUS)
                ? Optional.of(goesOn ? "IN_PROGRESS" : "IDLE")
                : Optional.empty();
        JsonObject usage = context.turnUsage(answer.spokenMillis(), answer.written());
        if (!caprices.losesTurnComplete()) {
            outbox.send(ServerFrames.turnComplete(status, Optional.of(usage)));
        }
        resumable.accept(true);
    }
}
