package dev.parley.operations.diagnostics.check;

import dev.parley.operations.diagnostics.step.Examination;
import dev.parley.operations.diagnostics.step.Fault;
import dev.parley.operations.diagnostics.step.Finding;
import dev.parley.operations.diagnostics.step.StepName;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** This server as a person's browser finds it: {@code /ws/audio-live} from the outside, with a voice, to the clean end. */
public final class DoorChecks {
    private static final String SETTING = "parley.operations.address";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Means means;
    private final Examination examination;
    private final HttpClient client;

    /**
     * Goes in by the network.
     *
     * @param client opens the WebSocket
     */
    public DoorChecks(Means means, Examination examination, HttpClient client) {
        this.means = means;
        this.examination = examination;
        this.client = client;
    }

    /**
     * The whole way.
     *
     * @param address where this server is, with the context path; empty while nobody knows
     * @param identity headers that a sign-in wants
     */
    public void examine(Optional<URI> address, Map<String, String> identity) {
        NetworkChecks network = new NetworkChecks(examination, means.mayBlock(), means.tls());
        URI base = network.reach(
                () -> address.orElseThrow(() -> new Fault("This server does not know its own address yet. Open"
                        + " /admin.html once, or set " + SETTING + ".")),
                SETTING);
        try (DoorTalk talk = new DoorTalk(examination)) {
            examination.step(StepName.DOOR, () -> open(talk, base, identity));
            examination.step(StepName.SETUP, () -> start(talk));
            examination.step(StepName.TRANSCRIPT, () -> speak(talk));
            examination.step(StepName.FIRST_AUDIO, () -> hear(talk));
            examination.step(StepName.END, () -> stop(talk));
        }
    }

    private Finding<String> open(DoorTalk talk, URI base, Map<String, String> identity) throws Fault {
        URI door = URI.create("ws" + base.toString().replaceAll("/+$", "").substring("http".length())
                + "/ws/audio-live"); // http → ws, https → wss
        WebSocket.Builder builder = client.newWebSocketBuilder().connectTimeout(PATIENCE);
        identity.forEach(builder::header);
        CompletableFuture<WebSocket> opening = builder.buildAsync(door, talk).thenApply(talk::over);
        try {
            opening.get(Math.max(1, examination.patience(PATIENCE).toMillis()), TimeUnit.MILLISECONDS);
            return Finding.passed("", door.toString());
        } catch (ExecutionException refused) {
            Throwable cause = refused.getCause();
            throw new Fault(
                    cause instanceof WebSocketHandshakeException handshake
                            ? refusal(handshake.getResponse().statusCode())
                            : "The WebSocket does not open (" + (cause == null ? "" : cause.getMessage()) + "). Check "
                                    + SETTING + ", and that a proxy before this server passes WebSockets on.",
                    refused);
        } catch (TimeoutException late) {
            throw new Fault(
                    "The WebSocket does not open in time. A proxy before this server may not pass WebSockets on.",
                    late);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new CancellationException();
        }
    }

    private static String refusal(int status) {
        return switch (status) {
            case 401, 403 ->
                "The WebSocket is refused (HTTP " + status
                        + "). A diagnosis goes in with the sign-in of whoever asks for"
                        + " it: ask from the admin page, signed in as somebody who may talk.";
            case 404 -> "There is no WebSocket at this address (HTTP 404). Check the context path in " + SETTING + ".";
            default ->
                "The WebSocket is refused (HTTP " + status + "). Check " + SETTING + ", and that a proxy before this"
                        + " server passes WebSockets on.";
        };
    }

    private Finding<String> start(DoorTalk talk) throws Fault {
        talk.say("{\"type\":\"start\",\"audio\":{\"mimeType\":\"" + BundledVoice.MIME_TYPE + "\"}}");
        DoorTalk.Message answer = talk.await(
                Set.of("ready", "waiting"),
                PATIENCE,
                "The conversation is not ready in time. Ask for the diagnosis \"text\", which shows where it is stuck.");
        if (answer.type().equals("waiting")) {
            throw new Fault("All slots are taken, and a diagnosis takes nobody's place. End a conversation, raise"
                    + " sessions-per-key, or try again later.");
        }
        return Finding.passed(
                "", "\"" + answer.text("model") + "\" is ready, conversation " + answer.text("conversation") + ".");
    }

    private Finding<String> speak(DoorTalk talk) throws Fault, IOException {
        talk.play(BundledVoice.recording(), BundledVoice.SECONDS, means.speed());
        talk.say("{\"type\":\"audioStreamEnd\"}");
        DoorTalk.Message heard = talk.await(
                Set.of("inputTranscript", "inputPreview"),
                means.answerPatience(),
                BundledVoice.SECONDS
                        + " s of speech came back as no text. Ask for the diagnosis \"audio\": if it passes,"
                        + " the fault is between the WebSocket and Gemini, and this server's log tells more.");
        return Finding.passed("", "Heard: \"" + Quotes.of(heard.text("text")) + "\"");
    }

    private Finding<String> hear(DoorTalk talk) throws Fault {
        talk.await(
                Set.of("audio"),
                means.answerPatience(),
                "No sound of an answer comes. Ask for the diagnosis \"audio\", which shows whether Gemini answers.");
        return Finding.passed("", "");
    }

    private Finding<String> stop(DoorTalk talk) throws Fault {
        talk.say("{\"type\":\"stop\"}");
        DoorTalk.Message end =
                talk.await(Set.of("ended"), PATIENCE, "The conversation does not end. This server's log tells more.");
        return Finding.passed("", Quotes.of(end.text("reason")));
    }
}
