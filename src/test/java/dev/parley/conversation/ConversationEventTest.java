package dev.parley.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.conversation.event.ConversationEvent;
import dev.parley.conversation.event.ConversationState;
import dev.parley.conversation.event.TokenUsage;
import dev.parley.conversation.input.Input;
import dev.parley.gemini.live.LiveEvent;
import dev.parley.shared.failure.FailureKind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What observers of a conversation are told. */
class ConversationEventTest {
    private static final LiveEvent TURN_COMPLETE = new LiveEvent.TurnComplete(Optional.empty(), true);
    private static final int SECOND = 32_000;

    private final Scene scene = new Scene();

    private static LiveEvent speech() {
        return new LiveEvent.ModelAudio(ByteBuffer.allocate(480), 24_000);
    }

    /** A second of a tone that no level can take for silence, after a second of nothing: said until its end. */
    private void speak() {
        scene.audio(SECOND);
        ByteBuffer loud = ByteBuffer.allocate(SECOND).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; loud.hasRemaining(); i++) {
            loud.putShort((short) (10_000 * Math.sin(2 * Math.PI * 300 * i / 16_000)));
        }
        scene.visit.postAudio(loud.flip());
        scene.settle();
    }

    private List<ConversationEvent.TurnTimed> timed() {
        return scene.observed(ConversationEvent.TurnTimed.class);
    }

    private static Optional<Duration> millis(long millis) {
        return Optional.of(Duration.ofMillis(millis));
    }

    @Test
    void a_conversation_is_told_from_its_opening_to_its_end_and_nothing_after_it() {
        scene.in(ConversationState.READY);
        scene.pass(Duration.ofSeconds(7));
        scene.post(new Input.ClientGone("left"));
        scene.post(new Input.TextTyped("too late"));

        ConversationEvent.Opened opened = assertInstanceOf(ConversationEvent.Opened.class, scene.events.get(0));
        assertEquals(Optional.of("ada"), opened.caller());
        assertEquals(
                List.of(
                        ConversationState.WAITING,
                        ConversationState.CONNECTING,
                        ConversationState.READY,
                        ConversationState.CLOSED),
                scene.observed(ConversationEvent.StateChanged.class).stream()
                        .map(ConversationEvent.StateChanged::state)
                        .toList());
        ConversationEvent.Ended ended =
                assertInstanceOf(ConversationEvent.Ended.class, scene.events.get(scene.events.size() - 1));
        assertEquals(Optional.of("ada"), ended.caller());
        assertEquals(1000, ended.closeCode());
        assertEquals(scene.time.instant(), ended.at());
        assertTrue(scene.events.stream().allMatch(event -> event.conversation().equals("c1")));
    }

    @Test
    void an_end_has_the_close_code_of_its_kind() {
        scene.in(ConversationState.WAITING);
        scene.post(new Input.EndAsked(FailureKind.DRAINING, "stop"));
        assertEquals(4508, scene.observed(ConversationEvent.Ended.class).get(0).closeCode());
    }

    @Test
    void a_planned_hand_over_tells_its_pause_and_what_was_held() {
        scene.in(ConversationState.READY);
        scene.upstream(new LiveEvent.ResumptionHandle(Optional.of("h1")));
        scene.upstream(new LiveEvent.GoAway(Duration.ofSeconds(50)));
        scene.audio(1280);
        scene.pass(Duration.ofMillis(120));
        scene.upstream(new LiveEvent.Ready());
        assertEquals(
                List.of(new ConversationEvent.HandedOver(
                        "c1",
                        scene.time.instant(),
                        true,
                        Duration.ofMillis(120),
                        Duration.ofMillis(40),
                        Duration.ZERO)),
                scene.observed(ConversationEvent.HandedOver.class));
    }

    @Test
    void a_lost_connection_is_no_planned_hand_over() {
        scene.in(ConversationState.RESUMING);
        scene.pass(Duration.ofMillis(700));
        scene.upstream(new LiveEvent.Ready());
        ConversationEvent.HandedOver event =
                scene.observed(ConversationEvent.HandedOver.class).get(0);
        assertEquals(false, event.planned());
        assertEquals(Duration.ofMillis(700), event.pause());
    }

    @Test
    void tokens_are_told_as_they_are_reported() {
        scene.in(ConversationState.READY);
        scene.upstream(new LiveEvent.Usage(100, 20, 120, Map.of("AUDIO", 100L), Map.of("AUDIO", 20L)));
        scene.upstream(new LiveEvent.Usage(110, 5, 115, Map.of("AUDIO", 110L), Map.of("TEXT", 5L)));
        assertEquals(
                List.of(
                        new TokenUsage(100, 20, 120, Map.of("AUDIO", 100L), Map.of("AUDIO", 20L)),
                        new TokenUsage(110, 5, 115, Map.of("AUDIO", 110L), Map.of("TEXT", 5L))),
                scene.observed(ConversationEvent.Spent.class).stream()
                        .map(ConversationEvent.Spent::usage)
                        .toList());
        assertEquals(
                235,
                scene.in(ConversationState.CLOSED)
                        .observed(ConversationEvent.Ended.class)
                        .get(0)
                        .usage()
                        .total());
    }

    @Test
    void a_turn_is_timed_from_the_end_of_speech_and_told_when_the_client_has_heard_it() {
        scene.in(ConversationState.READY);
        speak();
        scene.pass(Duration.ofMillis(200));
        scene.audio(6400); // silence of the 200 ms
        scene.pass(Duration.ofMillis(300));
        scene.upstream(speech());
        scene.pass(Duration.ofMillis(80));
        scene.upstream(speech());
        scene.upstream(TURN_COMPLETE);
        assertEquals(List.of(), timed());
        scene.post(new Input.Heard(1, Duration.ofMillis(10), millis(560)));

        ConversationEvent.TurnTimed turn = timed().get(0);
        assertEquals(1, turn.turn());
        assertEquals(millis(500), turn.firstAudio());
        assertEquals(millis(560), turn.firstSound());
        assertEquals(Optional.empty(), turn.forwarded(), "nobody says when it was written");
    }

    @Test
    void a_sound_that_is_heard_while_the_turn_runs_is_told_with_it() {
        scene.in(ConversationState.READY);
        scene.post(new Input.TextTyped("hello"));
        scene.pass(Duration.ofMillis(900));
        scene.upstream(speech());
        scene.post(new Input.Heard(1, Duration.ofMillis(10), millis(960)));
        scene.upstream(TURN_COMPLETE);
        assertEquals(
                List.of(new ConversationEvent.TurnTimed(
                        "c1", scene.time.instant(), 1, Optional.empty(), millis(900), millis(960))),
                timed());
    }

    @Test
    void a_client_that_tells_nothing_is_not_waited_for_twice() {
        scene.in(ConversationState.READY);
        scene.upstream(speech());
        scene.upstream(TURN_COMPLETE);
        assertEquals(0, timed().size());
        scene.upstream(speech());
        scene.upstream(TURN_COMPLETE);
        assertEquals(2, timed().size());
        scene.upstream(speech());
        scene.upstream(TURN_COMPLETE);
        assertEquals(
                List.of(1, 2, 3),
                timed().stream().map(ConversationEvent.TurnTimed::turn).toList());
        assertEquals(Optional.empty(), timed().get(2).firstAudio(), "nobody said anything");
    }

    @Test
    void a_turn_that_waits_for_its_first_sound_is_told_before_the_end() {
        scene.in(ConversationState.READY);
        scene.upstream(speech());
        scene.upstream(TURN_COMPLETE);
        scene.in(ConversationState.CLOSED);
        assertEquals(1, timed().size());
        assertInstanceOf(ConversationEvent.Ended.class, scene.events.get(scene.events.size() - 1));
    }

    @Test
    void a_turn_without_a_voice_is_not_timed() {
        scene.in(ConversationState.READY);
        scene.post(new Input.TextTyped("hello"));
        scene.upstream(new LiveEvent.ModelText("Hi."));
        scene.upstream(TURN_COMPLETE);
        scene.in(ConversationState.CLOSED);
        assertEquals(List.of(), timed());
    }

    @Test
    void the_way_to_the_upstream_is_timed_by_the_last_audio_before_the_answer() {
        scene.in(ConversationState.READY);
        scene.post(new Input.AudioArrived(ByteBuffer.allocate(1280), 1_000_000));
        scene.post(new Input.AudioArrived(ByteBuffer.allocate(1280), 41_000_000));
        scene.dial().written = OptionalLong.of(41_250_000);
        scene.upstream(speech());
        scene.upstream(TURN_COMPLETE);
        scene.in(ConversationState.CLOSED);
        assertEquals(Optional.of(Duration.ofNanos(250_000)), timed().get(0).forwarded());
    }

    @Test
    void audio_that_was_held_or_given_to_another_connection_does_not_time_the_way() {
        scene.in(ConversationState.READY);
        scene.post(new Input.AudioArrived(ByteBuffer.allocate(1280), 1_000_000));
        scene.dial().takesAudio = false;
        scene.post(new Input.AudioArrived(ByteBuffer.allocate(1280), 41_000_000));
        scene.dial().written = OptionalLong.of(90_000_000);
        scene.upstream(speech());
        scene.upstream(TURN_COMPLETE);
        scene.dial().takesAudio = true;
        scene.post(new Input.AudioArrived(ByteBuffer.allocate(1280), 95_000_000));
        scene.upstream(Scene.closed(FailureKind.UPSTREAM_UNAVAILABLE));
        scene.pass(Duration.ofSeconds(1));
        scene.upstream(new LiveEvent.Ready());
        scene.dial().written = OptionalLong.of(2_000_000_000);
        scene.upstream(speech());
        scene.upstream(TURN_COMPLETE);
        scene.in(ConversationState.CLOSED);
        assertEquals(
                List.of(Optional.empty(), Optional.empty()),
                timed().stream().map(ConversationEvent.TurnTimed::forwarded).toList());
    }
}
