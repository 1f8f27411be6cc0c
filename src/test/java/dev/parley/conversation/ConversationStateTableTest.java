package dev.parley.conversation;

import static dev.parley.conversation.event.ConversationState.CLOSED;
import static dev.parley.conversation.event.ConversationState.CONNECTING;
import static dev.parley.conversation.event.ConversationState.DRAINING;
import static dev.parley.conversation.event.ConversationState.NEW;
import static dev.parley.conversation.event.ConversationState.READY;
import static dev.parley.conversation.event.ConversationState.RESUMING;
import static dev.parley.conversation.event.ConversationState.WAITING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.conversation.event.ConversationState;
import dev.parley.conversation.input.Input;
import dev.parley.conversation.timing.Moment;
import dev.parley.gemini.live.LiveConnection.Picture;
import dev.parley.gemini.live.LiveEvent;
import dev.parley.shared.failure.FailureKind;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every state with every input: where it leads. After each step the conversation is ended, and everything it ever held
 * must have been given back exactly once.
 */
class ConversationStateTableTest {
    /** One input, however it is brought about, and the state it leads to from each of {@link #ROWS}. */
    private record Row(String input, Action action, List<ConversationState> leadsTo) {}

    private static final List<ConversationState> ROWS = List.of(NEW, WAITING, CONNECTING, READY, RESUMING, DRAINING);

    private interface Action {
        void happen(Scene scene);
    }

    private static final List<Row> TABLE = List.of(
            row(
                    "Start",
                    s -> s.post(new Input.Start(Scene.PCM)),
                    WAITING,
                    WAITING,
                    CONNECTING,
                    READY,
                    RESUMING,
                    DRAINING),
            row(
                    "AudioArrived",
                    s -> s.post(new Input.AudioArrived(ByteBuffer.allocate(640))),
                    CLOSED, // without a declared type, zeros are no container that is known
                    WAITING,
                    CONNECTING,
                    READY,
                    RESUMING,
                    DRAINING),
            same("AudioDecoded", s -> s.post(new Input.AudioDecoded())),
            row(
                    "TextTyped",
                    s -> s.post(new Input.TextTyped("hi")),
                    WAITING,
                    WAITING,
                    CONNECTING,
                    READY,
                    RESUMING,
                    DRAINING),
            row(
                    "PictureShown",
                    s -> s.post(new Input.PictureShown(Optional.of(new Picture("image/jpeg", "/9j/")))),
                    WAITING,
                    WAITING,
                    CONNECTING,
                    READY,
                    RESUMING,
                    DRAINING),
            same("ActivityStarted", s -> s.post(new Input.ActivityStarted())),
            same("ActivityEnded", s -> s.post(new Input.ActivityEnded())),
            same("AudioStreamEnded", s -> s.post(new Input.AudioStreamEnded())),
            same("Heard", s -> s.post(new Input.Heard(1, Duration.ofSeconds(1)))),
            row(
                    "StopAsked",
                    s -> s.post(new Input.StopAsked()),
                    CLOSED,
                    CLOSED,
                    CONNECTING,
                    CLOSED,
                    RESUMING,
                    DRAINING),
            row(
                    "EndAsked",
                    s -> s.post(new Input.EndAsked(FailureKind.DRAINING, "stop")),
                    CLOSED,
                    CLOSED,
                    CLOSED,
                    CLOSED,
                    CLOSED,
                    CLOSED),
            row(
                    "ClientGone",
                    s -> s.post(new Input.ClientGone("gone")),
                    CLOSED,
                    CLOSED,
                    CLOSED,
                    CLOSED,
                    CLOSED,
                    CLOSED),
            same("ClientReturned", ConversationStateTableTest::comeBack),
            row(
                    "SlotGranted",
                    s -> {
                        Scene.FakeLease lease = s.new FakeLease();
                        s.leases.add(lease);
                        s.post(new Input.SlotGranted(lease));
                    },
                    NEW,
                    CONNECTING,
                    CONNECTING,
                    READY,
                    RESUMING,
                    DRAINING),
            same("PlaceInLine", s -> s.post(new Input.PlaceInLine(2, 1))),
            row(
                    "SlotRefused",
                    s -> s.post(new Input.SlotRefused(FailureKind.NO_CAPACITY, "full")),
                    NEW,
                    CLOSED,
                    CONNECTING,
                    READY,
                    RESUMING,
                    DRAINING),
            same(
                    "UpstreamHeard of a replaced connection",
                    s -> s.post(new Input.UpstreamHeard(99, Scene.closed(FailureKind.UPSTREAM_REFUSED)))),
            upstream("Ready", new LiveEvent.Ready(), READY, READY, READY, DRAINING),
            upstream(
                    "ModelAudio",
                    new LiveEvent.ModelAudio(ByteBuffer.allocate(480), 24_000),
                    CONNECTING,
                    READY,
                    RESUMING,
                    DRAINING),
            upstream("ModelText", new LiveEvent.ModelText("x"), CONNECTING, READY, RESUMING, DRAINING),
            upstream("InputTranscript", new LiveEvent.InputTranscript("x"), CONNECTING, READY, RESUMING, DRAINING),
            upstream("InputPreview", new LiveEvent.InputPreview("x"), CONNECTING, READY, RESUMING, DRAINING),
            upstream("OutputTranscript", new LiveEvent.OutputTranscript("x"), CONNECTING, READY, RESUMING, DRAINING),
            upstream(
                    "SpeechStarted",
                    new LiveEvent.SpeechStarted(Optional.empty()),
                    CONNECTING,
                    READY,
                    RESUMING,
                    DRAINING),
            upstream("SpeechEnded", new LiveEvent.SpeechEnded(Optional.empty()), CONNECTING, READY, RESUMING, DRAINING),
            upstream(
                    "Sources",
                    new LiveEvent.Sources(List.of(), Optional.empty()),
                    CONNECTING,
                    READY,
                    RESUMING,
                    DRAINING),
            upstream("GenerationComplete", new LiveEvent.GenerationComplete(), CONNECTING, READY, RESUMING, DRAINING),
            upstream(
                    "TurnComplete",
                    new LiveEvent.TurnComplete(Optional.empty(), true),
                    CONNECTING,
                    READY,
                    RESUMING,
                    CLOSED),
            upstream(
                    "TurnComplete, not idle",
                    new LiveEvent.TurnComplete(Optional.empty(), false),
                    CONNECTING,
                    READY,
                    RESUMING,
                    DRAINING),
            upstream("Interrupted", new LiveEvent.Interrupted(), CONNECTING, READY, RESUMING, DRAINING),
            upstream(
                    "Usage",
                    new LiveEvent.Usage(1, 2, 3, java.util.Map.of(), java.util.Map.of()),
                    CONNECTING,
                    READY,
                    RESUMING,
                    DRAINING),
            upstream("ToolCalls", new LiveEvent.ToolCalls(List.of()), CONNECTING, READY, RESUMING, DRAINING),
            upstream(
                    "ToolCallsCancelled",
                    new LiveEvent.ToolCallsCancelled(List.of()),
                    CONNECTING,
                    READY,
                    RESUMING,
                    DRAINING),
            upstream("Alive", new LiveEvent.Alive(), CONNECTING, READY, RESUMING, DRAINING),
            // Nobody speaks, so this is the quiet moment.
            upstream("GoAway", new LiveEvent.GoAway(Duration.ofMinutes(1)), CONNECTING, RESUMING, RESUMING, DRAINING),
            upstream(
                    "ResumptionHandle",
                    new LiveEvent.ResumptionHandle(Optional.of("h")),
                    CONNECTING,
                    READY,
                    RESUMING,
                    DRAINING),
            upstream(
                    "Closed, retryable",
                    Scene.closed(FailureKind.UPSTREAM_UNAVAILABLE),
                    CONNECTING,
                    RESUMING,
                    RESUMING,
                    CLOSED),
            upstream("Closed, refused", Scene.closed(FailureKind.UPSTREAM_REFUSED), CLOSED, CLOSED, RESUMING, CLOSED),
            same("ToolNews of a call that is not", s -> s.post(new Input.ToolDecided(1, true))),
            same("TimePassed that nobody waits for", s -> s.post(new Input.TimePassed(Moment.TIME_LIMIT, -1))),
            row(
                    "TimePassed: the time limit",
                    s -> s.pass(Scene.SESSION),
                    NEW,
                    WAITING,
                    CLOSED,
                    CLOSED,
                    CLOSED,
                    CLOSED));

    /** Where that is possible the client is lost before; elsewhere somebody comes who is turned away. */
    private static void comeBack(Scene scene) {
        ConversationState state = scene.conversation.state();
        if (state == READY || state == RESUMING) {
            scene.post(new Input.ClientGone("lost", true));
            scene.post(new Input.ClientReturned(2, scene, Scene.PCM));
        } else {
            Scene elsewhere = new Scene();
            scene.post(new Input.ClientReturned(2, elsewhere, Scene.PCM));
            assertEquals(FailureKind.NORMAL, elsewhere.endKind);
        }
    }

    private static Row row(String input, Action action, ConversationState... leadsTo) {
        return new Row(input, action, List.of(leadsTo));
    }

    private static Row same(String input, Action action) {
        return row(input, action, NEW, WAITING, CONNECTING, READY, RESUMING, DRAINING);
    }

    /** What a connection says can only come while there is one: before, it is of a connection that nobody listens to. */
    private static Row upstream(String name, LiveEvent event, ConversationState... fromConnecting) {
        ConversationState[] leadsTo = new ConversationState[6];
        leadsTo[0] = NEW;
        leadsTo[1] = WAITING;
        System.arraycopy(fromConnecting, 0, leadsTo, 2, 4);
        return row(
                "UpstreamHeard " + name,
                scene -> {
                    if (scene.dials.isEmpty()) {
                        scene.post(new Input.UpstreamHeard(1, event));
                        return;
                    }
                    scene.pass(Duration.ZERO); // a dial that was put off to the next moment
                    scene.upstream(event);
                },
                leadsTo);
    }

    @TestFactory
    Stream<DynamicTest> every_state_takes_every_input() {
        return TABLE.stream().flatMap(row -> Arrays.stream(ConversationState.values())
                .map(from -> DynamicTest.dynamicTest(row.input + " in " + from, () -> check(row, from))));
    }

    private static void check(Row row, ConversationState from) {
        Scene scene = new Scene().in(from);
        assertEquals(from, scene.conversation.state());
        int endsBefore = scene.ends;

        row.action.happen(scene);

        ConversationState expected = from == CLOSED ? CLOSED : row.leadsTo.get(ROWS.indexOf(from));
        assertEquals(expected, scene.conversation.state());
        assertEquals(expected == CLOSED ? 1 : 0, scene.ends);
        assertTrue(from != CLOSED || endsBefore == 1);

        scene.post(new Input.ClientGone("the test is over"));
        assertTrue(
                scene.everythingIsGivenBack(),
                () -> "something is kept: leases "
                        + scene.leases.stream().map(lease -> lease.closes).toList() + ", timers " + scene.time.pending()
                        + ", ends " + scene.ends);
    }

    @Test
    void the_table_names_every_kind_of_input_and_of_upstream_event() {
        Set<String> kinds = new HashSet<>();
        for (Class<?> kind : Input.class.getPermittedSubclasses()) {
            kinds.add(kind.getSimpleName());
        }
        for (Class<?> kind : LiveEvent.class.getPermittedSubclasses()) {
            kinds.add("UpstreamHeard " + kind.getSimpleName());
        }
        for (Row row : TABLE) {
            kinds.removeIf(kind -> row.input.startsWith(kind));
        }
        assertEquals(Set.of(), kinds);
    }
}
