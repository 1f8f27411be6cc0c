package dev.parley.simulator.session;

import dev.parley.simulator.fault.FaultCommand;
import dev.parley.simulator.hearing.Hearing;
import dev.parley.simulator.line.Outbox;
import dev.parley.simulator.line.SerialTimers;
import dev.parley.simulator.protocol.ClientMessage;
import dev.parley.simulator.protocol.LiveJson;
import dev.parley.simulator.protocol.LiveModel.Trait;
import dev.parley.simulator.protocol.MediaBlob;
import dev.parley.simulator.protocol.ServerFrames;
import dev.parley.simulator.protocol.WireFault;
import dev.parley.simulator.setup.SessionSetup;
import dev.parley.simulator.setup.SessionSetup.Oddity;
import dev.parley.simulator.setup.Texts;
import dev.parley.simulator.turn.Captions;
import dev.parley.simulator.turn.ContextMeter;
import dev.parley.simulator.turn.Turns;
import dev.parley.simulator.wording.SearchSuggestions;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** What a client may send once its setup is confirmed, and who takes it. Serial order of the session. */
final class LiveInput {
    private static final int BYTES_PER_SAMPLE = 2;

    /** A text that begins so is looked up, where the setup declares the tool. */
    private static final String SEARCH = "search ";

    /** What a session without compression takes of both together, counted here from the first picture. */
    private static final Duration SOUND_AND_PICTURES = Duration.ofMinutes(2);

    private final SessionSetup setup;
    private final ContextMeter context;
    private final Consumer<FaultCommand> faults;
    private final HandleTeller handles;
    private final Turns turns;
    private final Captions captions;
    private final Hearing hearing;
    private final boolean captioning;
    private final SerialTimers timers;
    private final Outbox outbox;
    private boolean timed;
    private boolean seeding;
    private String lastWritten = "";
    private boolean written;

    LiveInput(
            SessionSetup setup,
            boolean vertex,
            Outbox outbox,
            SerialTimers timers,
            Clock clock,
            ContextMeter context,
            HandleTeller handles,
            Consumer<FaultCommand> faults) {
        this.setup = setup;
        this.context = context;
        this.faults = faults;
        this.handles = handles;
        this.timers = timers;
        this.outbox = outbox;
        this.captioning = setup.model().is(Trait.CAPTIONS);
        this.turns = new Turns(setup, vertex, outbox, timers, clock, context, handles::tell);
        this.captions = new Captions(setup.transcripts().input(), outbox);
        this.hearing = new Hearing(setup.hearing(), captioning ? captions : turns);
        this.seeding = setup.seedsHistory();
    }

    Turns turns() {
        return turns;
    }

    /** Tells something of the simulator itself, where the model can speak. */
    void say(String words) {
        if (!captioning) {
            turns.say(words);
        }
    }

    Captions captions() {
        return captions;
    }

    void take(ClientMessage message) {
        handles.consumed();
        switch (message.kind()) {
            case REALTIME_INPUT -> realtimeInput(message.body());
            case CLIENT_CONTENT -> clientContent(message.body());
            case TOOL_RESPONSE -> turns.toolsAnswered(array(message.body(), "functionResponses"));
            case CONTEXT_UPDATE -> context.read(Texts.of(message.body().get("systemInstruction")));
            case SETUP -> throw WireFault.INVALID_ARGUMENT.refusal();
        }
    }

    private void realtimeInput(JsonObject body) {
        if (body.containsKey("mediaChunks")) {
            mediaChunks(array(body, "mediaChunks"));
        }
        if (body.containsKey("activityStart")) {
            refuseIf(setup.hearing().automatic());
            hearing.activityStart();
        }
        if (body.containsKey("audio")) {
            hear(MediaBlob.read(LiveJson.inner(body, "audio"), "realtime_input.audio"));
        }
        if (body.containsKey("video")) {
            see(MediaBlob.read(LiveJson.inner(body, "video"), "realtime_input.video"));
        }
        if (body.containsKey("text")) {
            write(body.getString("text"));
        }
        if (body.getBoolean("audioStreamEnd", false) && setup.hearing().automatic()) {
            hearing.streamEnd();
        }
        if (body.containsKey("activityEnd")) {
            refuseIf(setup.hearing().automatic());
            if (!hearing.activityEnd()) {
                throw WireFault.PRECONDITION.refusal();
            }
        }
    }

    /** December 2024: a list of which only the first element counts. */
    private void mediaChunks(JsonArray chunks) {
        if (!setup.model().is(Trait.MEDIA_CHUNKS)) {
            throw WireFault.MEDIA_CHUNKS.refusal();
        }
        if (!chunks.isEmpty()) {
            MediaBlob blob = MediaBlob.read(chunks.getJsonObject(0), "realtime_input.media_chunks[0]");
            if (blob.isImage()) {
                see(blob);
            } else {
                hear(blob);
            }
        }
    }

    private void hear(MediaBlob blob) {
        int rate = blob.pcmRate();
        refuseIf(setup.oddity() == Oddity.FIRST_CONTENT_FAILS);
        context.heard(1000.0 * blob.data().length / BYTES_PER_SAMPLE / rate);
        hearing.guard(turns.isSpeaking());
        hearing.audio(blob.data(), rate);
    }

    private void see(MediaBlob blob) {
        refuseIf(!blob.isImage() || captioning || setup.oddity() == Oddity.FIRST_CONTENT_FAILS);
        if (setup.compression().isEmpty() && !timed) {
            timed = true;
            timers.after(SOUND_AND_PICTURES, () -> {
                throw WireFault.ABORTED.refusal();
            });
        }
        turns.showed(blob.data());
    }

    private void write(String text) {
        Optional<FaultCommand> command = FaultCommand.in(text);
        if (command.isPresent()) {
            faults.accept(command.get());
            return;
        }
        refuseIf(setup.oddity() == Oddity.FIRST_CONTENT_FAILS);
        if (!captioning) {
            turns.wrote(text);
            if (setup.searches() && text.startsWith(SEARCH)) {
                String query = text.substring(SEARCH.length()).strip();
                String page = "No page: a simulator searches nothing";
                outbox.send(ServerFrames.grounding(query, page, "https://example.org/", SearchSuggestions.html(query)));
            }
        }
    }

    private void clientContent(JsonObject body) {
        JsonArray contents = array(body, "turns");
        boolean complete = body.getBoolean("turnComplete", false);
        refuseIf(setup.model().is(Trait.CONTENT_SEEDS_ONLY) && !seeding);
        contents.getValuesAs(JsonObject.class).forEach(this::content);
        if (seeding) {
            seeding = !complete;
            forgetWritten();
            return;
        }
        if (!captioning && !complete) {
            turns.newInput(); // whatever comes here stops a running answer
        }
        if (complete) {
            String text = lastWritten;
            boolean anew = written;
            forgetWritten();
            if (anew) {
                write(text);
            } else if (!captioning) {
                turns.wasAsked();
            }
        }
    }

    private void content(JsonObject content) {
        String role = content.getString("role", "");
        refuseIf(role.isEmpty() ? setup.model().is(Trait.ROLES) : !role.equals("user") && !role.equals("model"));
        for (JsonObject part : array(content, "parts").getValuesAs(JsonObject.class)) {
            refuseIf(part.containsKey("functionResponse"));
            if (part.containsKey("inlineData")) {
                MediaBlob blob = MediaBlob.read(part.getJsonObject("inlineData"), "client_content.turns.inline_data");
                if (blob.isImage()) {
                    turns.showed(blob.data());
                }
            }
        }
        String text = Texts.of(content);
        if (role.equals("model") || seeding) {
            context.read(text);
        } else {
            context.read(lastWritten); // an earlier turn of the same message sequence is context
            lastWritten = text;
            written = true;
        }
    }

    private void forgetWritten() {
        lastWritten = "";
        written = false;
    }

    private static JsonArray array(JsonObject object, String name) {
        JsonArray array = object.getJsonArray(name);
        return array == null ? JsonValue.EMPTY_JSON_ARRAY : array;
    }

    private static void refuseIf(boolean condition) {
        if (condition) {
            throw WireFault.INVALID_ARGUMENT.refusal();
        }
    }
}
