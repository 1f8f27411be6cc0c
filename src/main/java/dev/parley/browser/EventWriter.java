package dev.parley.browser;

import dev.parley.conversation.event.ClientEvent;
import dev.parley.conversation.event.ClientEventHandler;
import dev.parley.conversation.event.TokenUsage;
import dev.parley.shared.failure.FailureKind;
import dev.parley.tools.call.CallNotice;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Writes conversation events as the protocol's text messages. Thread safe when its receiver is. */
final class EventWriter implements ClientEventHandler {
    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    private final Consumer<String> messages;

    EventWriter(Consumer<String> messages) {
        this.messages = messages;
    }

    /** The last message of a conversation. */
    void ended(FailureKind kind, String reason) {
        send(message("ended")
                .add("code", kind.closeCode())
                .add("reason", reason)
                .add("retryable", kind.retryable()));
    }

    @Override
    public void on(ClientEvent.Waiting event) {
        send(message("waiting").add("position", event.position()).add("ahead", event.ahead()));
    }

    @Override
    public void on(ClientEvent.Ready event) {
        send(message("ready")
                .add("conversation", event.conversation())
                .add("resume", event.resume().reveal())
                .add("model", event.model())
                .add("output", output(event.outputRate()))
                .add("endsInSeconds", Math.max(0, event.timeLeft().toSeconds()))
                .add("simulated", event.simulated())
                .add("resumed", event.resumed())
                .add("received", event.received())
                .add("pictures", event.pictures())
                .add("picturesForSeconds", event.picturesFor().toSeconds()));
    }

    @Override
    public void on(ClientEvent.History event) {
        JsonArrayBuilder lines = JSON.createArrayBuilder();
        event.lines()
                .forEach(line -> lines.add(JSON.createObjectBuilder()
                        .add("turn", line.turn())
                        .add("voice", line.byModel() ? "model" : "person")
                        .add("text", line.text())
                        .add("heardChars", line.heardChars())
                        .add("interrupted", line.interrupted())));
        send(message("history").add("lines", lines));
    }

    @Override
    public void on(ClientEvent.NotResumed event) {
        send(message("notResumed").add("message", event.message()));
    }

    @Override
    public void on(ClientEvent.OutputFormat event) {
        send(message("output").add("output", output(event.outputRate())));
    }

    @Override
    public void on(ClientEvent.InputTranscript event) {
        send(message("inputTranscript").add("text", event.text()).add("turn", event.turn()));
    }

    @Override
    public void on(ClientEvent.InputPreview event) {
        send(message("inputPreview").add("text", event.text()));
    }

    @Override
    public void on(ClientEvent.OutputTranscript event) {
        send(message("outputTranscript").add("text", event.text()).add("turn", event.turn()));
    }

    @Override
    public void on(ClientEvent.ModelText event) {
        send(message("text").add("text", event.text()).add("turn", event.turn()));
    }

    @Override
    public void on(ClientEvent.SpeechStart event) {
        send(at(message("speechStart"), event.at()));
    }

    @Override
    public void on(ClientEvent.SpeechEnd event) {
        send(at(message("speechEnd"), event.at()));
    }

    @Override
    public void on(ClientEvent.Sources event) {
        JsonArrayBuilder pages = JSON.createArrayBuilder();
        event.pages()
                .forEach(page -> pages.add(
                        JSON.createObjectBuilder().add("title", page.title()).add("uri", page.uri())));
        JsonObjectBuilder message = message("sources").add("sources", pages);
        event.suggestions().ifPresent(html -> message.add("suggestions", html));
        send(message.add("turn", event.turn()));
    }

    private static JsonObjectBuilder at(JsonObjectBuilder message, Optional<Duration> at) {
        at.ifPresent(moment -> message.add("atMillis", moment.toMillis()));
        return message;
    }

    @Override
    public void on(ClientEvent.Interrupted event) {
        send(message("interrupted").add("turn", event.turn()));
    }

    @Override
    public void on(ClientEvent.TurnComplete event) {
        JsonObjectBuilder message = message("turnComplete").add("turn", event.turn());
        event.usage().ifPresent(usage -> message.add("usage", usage(JSON.createObjectBuilder(), usage)));
        send(message);
    }

    @Override
    public void on(ClientEvent.Tool event) {
        CallNotice notice = event.notice();
        JsonObjectBuilder message = message("tool")
                .add("call", notice.number())
                .add("name", notice.name())
                .add("title", notice.title())
                .add("state", notice.state().name().toLowerCase(Locale.ROOT));
        if (notice.state() == CallNotice.State.ASKING) {
            message.add("arguments", notice.arguments())
                    .add("decideWithinSeconds", notice.decideWithin().toSeconds());
        }
        send(message);
    }

    @Override
    public void on(ClientEvent.Usage event) {
        send(usage(message("usage"), event.total()));
    }

    @Override
    public void on(ClientEvent.TimeLeft event) {
        send(message("timeLeft").add("seconds", event.left().toSeconds()));
    }

    @Override
    public void on(ClientEvent.Reconnecting event) {
        send(message("reconnecting"));
    }

    @Override
    public void on(ClientEvent.Resumed event) {
        send(message("resumed")
                .add("audioReplayedMillis", event.replayed().toMillis())
                .add("audioLostMillis", event.lost().toMillis()));
    }

    @Override
    public void on(ClientEvent.Unsteady event) {
        send(message("unsteady"));
    }

    @Override
    public void on(ClientEvent.Steady event) {
        send(message("steady"));
    }

    @Override
    public void on(ClientEvent.Problem event) {
        send(message("error")
                .add("code", event.kind().closeCode())
                .add("message", event.message())
                .add("retryable", event.kind().retryable()));
    }

    private static JsonObjectBuilder message(String type) {
        return JSON.createObjectBuilder().add("type", type);
    }

    private static JsonObjectBuilder output(int rate) {
        return JSON.createObjectBuilder().add("mimeType", "audio/pcm;rate=" + rate);
    }

    private static JsonObjectBuilder usage(JsonObjectBuilder to, TokenUsage usage) {
        return to.add("promptTokens", usage.prompt())
                .add("responseTokens", usage.response())
                .add("totalTokens", usage.total())
                .add("promptByModality", modalities(usage.promptByModality()))
                .add("responseByModality", modalities(usage.responseByModality()));
    }

    private static JsonObjectBuilder modalities(Map<String, Long> tokens) {
        JsonObjectBuilder object = JSON.createObjectBuilder();
        new TreeMap<>(tokens).forEach(object::add);
        return object;
    }

    private void send(JsonObjectBuilder message) {
        messages.accept(message.build().toString());
    }
}
