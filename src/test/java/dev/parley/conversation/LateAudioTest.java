package dev.parley.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.conversation.event.ClientEvent;
import dev.parley.conversation.event.ConversationEvent;
import dev.parley.conversation.event.ConversationState;
import dev.parley.conversation.input.ConversationRequest;
import dev.parley.conversation.input.Input;
import dev.parley.gemini.live.LiveChoice;
import dev.parley.gemini.live.LiveEvent;
import dev.parley.media.AudioDecoders;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Audio that is decoded in another process: its samples come later, and what came behind it stays behind it. */
class LateAudioTest {
    private static final ConversationRequest AAC =
            new ConversationRequest(Optional.of("audio/aac"), LiveChoice.DEFAULTS);
    private static final ConversationRequest AAC_MANUAL =
            new ConversationRequest(Optional.of("audio/aac"), Scene.PCM_MANUAL.choice());
    private final ParleyException death =
            new ParleyException(FailureKind.UNSUPPORTED_AUDIO, "The decoder gave up on this audio.");

    private final List<FakeLateDecoder> opened = new ArrayList<>();
    private final Scene scene = new Scene(new AudioDecoders(wakeUp -> {
        FakeLateDecoder decoder = new FakeLateDecoder(wakeUp);
        opened.add(decoder);
        return decoder;
    }));

    @AfterEach
    void everything_is_given_back() {
        scene.post(new Input.ClientGone("the test is over"));
        assertTrue(scene.everythingIsGivenBack());
        assertTrue(opened.stream().allMatch(decoder -> decoder.closed));
    }

    private void adts(int bytes) {
        byte[] frames = new byte[bytes];
        frames[0] = (byte) 0xFF;
        frames[1] = (byte) 0xF1;
        scene.post(new Input.AudioArrived(ByteBuffer.wrap(frames)));
    }

    private FakeLateDecoder worker() {
        return opened.get(opened.size() - 1);
    }

    private void given(int bytes) {
        worker().gives(bytes);
        scene.settle();
    }

    private void caughtUp() {
        worker().catchesUp();
        scene.settle();
    }

    private void ended() {
        worker().ends();
        scene.settle();
    }

    private List<String> sent() {
        return scene.dial().sent;
    }

    @Test
    void samples_are_sent_as_they_come() {
        scene.in(ConversationState.READY, AAC);
        adts(500);
        assertEquals(500, worker().taken.size());
        assertEquals(List.of(), sent());
        given(3200);
        assertEquals(List.of("audio 3200"), sent());
        given(1280);
        assertEquals(List.of("audio 3200", "audio 1280"), sent());
    }

    @Test
    void the_end_of_a_stream_waits_for_its_last_samples_and_what_follows_waits_behind_it() {
        scene.in(ConversationState.READY, AAC);
        adts(500);
        scene.post(new Input.AudioStreamEnded());
        scene.post(new Input.TextTyped("afterwards"));
        assertTrue(worker().finished);
        assertEquals(List.of(), sent());
        given(3200);
        given(100);
        assertEquals(List.of("audio 3200"), sent());
        ended();
        assertEquals(List.of("audio 3200", "audio 100", "audioStreamEnd", "text afterwards"), sent());
        assertTrue(worker().closed);
    }

    @Test
    void the_next_stream_begins_when_the_last_one_has_come_whole() {
        scene.in(ConversationState.READY, AAC);
        adts(500);
        scene.post(new Input.AudioStreamEnded());
        adts(300);
        adts(200);
        scene.post(new Input.AudioStreamEnded());
        scene.post(new Input.TextTyped("last"));
        assertEquals(1, opened.size());
        given(640);
        ended();
        assertEquals(2, opened.size());
        assertTrue(opened.get(0).closed);
        assertEquals(500, worker().taken.size());
        assertTrue(worker().finished);
        assertEquals(List.of("audio 640", "audioStreamEnd"), sent());
        given(1280);
        ended();
        assertEquals(List.of("audio 640", "audioStreamEnd", "audio 1280", "audioStreamEnd", "text last"), sent());
    }

    @Test
    void a_stop_waits_and_takes_nothing_more() {
        scene.in(ConversationState.READY, AAC);
        adts(500);
        scene.post(new Input.StopAsked());
        scene.post(new Input.StopAsked());
        scene.post(new Input.TextTyped("too late"));
        adts(500);
        assertEquals(ConversationState.READY, scene.conversation.state());
        given(3200);
        ended();
        assertEquals(ConversationState.DRAINING, scene.conversation.state());
        assertEquals(List.of("audio 3200", "audioStreamEnd"), sent());
        scene.upstream(new LiveEvent.TurnComplete(Optional.empty(), true));
        assertEquals(FailureKind.NORMAL, scene.endKind);
        assertEquals(1, opened.size());
    }

    @Test
    void a_stop_before_the_upstream_is_ready_waits_for_both() {
        scene.in(ConversationState.CONNECTING, AAC);
        adts(500);
        scene.post(new Input.StopAsked());
        scene.upstream(new LiveEvent.Ready());
        assertEquals(ConversationState.READY, scene.conversation.state());
        given(640);
        ended();
        assertEquals(ConversationState.DRAINING, scene.conversation.state());
        assertEquals(List.of("audio 640", "audioStreamEnd"), sent());
    }

    @Test
    void a_decoder_that_dies_at_the_end_costs_the_conversation_but_not_what_it_gave() {
        scene.in(ConversationState.READY, AAC);
        adts(500);
        scene.post(new Input.AudioStreamEnded());
        worker().gives(3300);
        worker().dies(death);
        scene.settle();
        assertEquals(List.of("audio 1650", "audio 1650"), sent());
        assertEquals(FailureKind.UNSUPPORTED_AUDIO, scene.endKind);
        assertEquals(death.getMessage(), scene.endReason);
    }

    @Test
    void a_decoder_that_dies_in_the_middle_is_noticed_without_more_bytes() {
        scene.in(ConversationState.READY, AAC);
        adts(500);
        given(100);
        assertEquals(List.of(), sent());
        worker().dies(death);
        scene.settle();
        assertEquals(List.of("audio 100"), sent());
        assertEquals(FailureKind.UNSUPPORTED_AUDIO, scene.endKind);
    }

    @Test
    void a_decoder_that_never_ends_is_waited_for_30_seconds() {
        scene.in(ConversationState.READY, AAC);
        adts(500);
        scene.post(new Input.AudioStreamEnded());
        scene.pass(Duration.ofMillis(29_999));
        assertEquals(0, scene.ends);
        scene.pass(Duration.ofMillis(1));
        assertEquals(FailureKind.UNSUPPORTED_AUDIO, scene.endKind);
        assertEquals("The last of what you said could not be decoded in time.", scene.endReason);
    }

    @Test
    void an_end_that_came_in_time_does_not_run_out_later() {
        scene.in(ConversationState.READY, AAC);
        adts(500);
        scene.post(new Input.AudioStreamEnded());
        ended();
        assertEquals(List.of("audioStreamEnd"), sent());
        scene.pass(Duration.ofMinutes(1));
        assertEquals(0, scene.ends);
    }

    @Test
    void bytes_that_wait_are_bounded() {
        scene.in(ConversationState.READY, AAC);
        adts(500);
        scene.post(new Input.AudioStreamEnded());
        for (int i = 0; i < 15; i++) {
            adts(65_536);
        }
        assertEquals(0, scene.ends);
        adts(65_536);
        assertEquals(FailureKind.TOO_LARGE, scene.endKind);
    }

    @Test
    void texts_that_wait_are_bounded() {
        scene.in(ConversationState.READY, AAC);
        adts(500);
        scene.post(new Input.AudioStreamEnded());
        for (int i = 0; i < 17; i++) {
            assertEquals(0, scene.ends);
            scene.post(new Input.TextTyped("x".repeat(32_000)));
        }
        assertEquals(FailureKind.TOO_LARGE, scene.endKind);
    }

    @Test
    void the_end_of_a_turn_in_a_stream_that_goes_on_lets_the_last_words_come_first() {
        scene.in(ConversationState.READY, AAC_MANUAL);
        scene.post(new Input.ActivityStarted());
        adts(500);
        scene.post(new Input.ActivityEnded());
        adts(400);
        scene.post(new Input.ActivityStarted());
        given(1000);
        assertEquals(List.of("activityStart", "audio 1000"), sent());
        assertEquals(500, worker().taken.size());
        caughtUp();
        assertEquals(List.of("activityStart", "audio 1000", "activityEnd", "activityStart"), sent());
        assertEquals(900, worker().taken.size());
        scene.pass(Duration.ofMinutes(1));
        assertEquals(0, scene.ends);
    }

    @Test
    void last_words_that_do_not_come_are_waited_for_5_seconds() {
        scene.in(ConversationState.READY, AAC_MANUAL);
        scene.post(new Input.ActivityStarted());
        adts(500);
        scene.post(new Input.ActivityEnded());
        scene.pass(Duration.ofMillis(4_999));
        assertEquals(List.of("activityStart"), sent());
        scene.pass(Duration.ofMillis(1));
        assertEquals(List.of("activityStart", "activityEnd"), sent());
        assertEquals(0, scene.ends);
    }

    @Test
    void where_nothing_is_missing_nothing_waits() {
        scene.in(ConversationState.READY, AAC_MANUAL);
        scene.post(new Input.ActivityStarted());
        adts(500);
        given(1000);
        caughtUp();
        scene.post(new Input.ActivityEnded());
        scene.post(new Input.TextTyped("at once"));
        assertEquals(List.of("activityStart", "audio 1000", "activityEnd", "text at once"), sent());
    }

    @Test
    void a_text_keeps_its_order_behind_what_was_said_before_and_before_what_is_said_after() {
        scene.in(ConversationState.READY, AAC);
        adts(500);
        scene.post(new Input.TextTyped("between"));
        adts(400);
        given(3200);
        given(100);
        assertEquals(List.of("audio 3200"), sent());
        assertEquals(500, worker().taken.size());
        caughtUp();
        assertEquals(List.of("audio 3200", "audio 100", "text between"), sent());
        assertEquals(900, worker().taken.size());
        given(3200);
        assertEquals(List.of("audio 3200", "audio 100", "text between", "audio 3200"), sent());
    }

    @Test
    void the_end_of_a_turn_after_the_end_of_its_stream_waits_for_that() {
        scene.in(ConversationState.READY, AAC_MANUAL);
        scene.post(new Input.ActivityStarted());
        adts(500);
        scene.post(new Input.AudioStreamEnded());
        scene.post(new Input.ActivityEnded());
        given(1000);
        assertEquals(List.of("activityStart", "audio 1000"), sent());
        ended();
        assertEquals(List.of("activityStart", "audio 1000", "activityEnd"), sent());
    }

    @Test
    void a_stop_right_after_the_end_of_a_turn_keeps_its_order() {
        scene.in(ConversationState.READY, AAC_MANUAL);
        scene.post(new Input.ActivityStarted());
        adts(500);
        scene.post(new Input.ActivityEnded());
        scene.post(new Input.StopAsked());
        given(1000);
        caughtUp();
        assertEquals(List.of("activityStart", "audio 1000", "activityEnd"), sent());
        assertTrue(worker().finished);
        assertEquals(ConversationState.READY, scene.conversation.state());
        ended();
        assertEquals(ConversationState.DRAINING, scene.conversation.state());
    }

    @Test
    void a_client_that_leaves_meanwhile_leaves_nothing_behind() {
        scene.in(ConversationState.READY, AAC);
        adts(500);
        scene.post(new Input.AudioStreamEnded());
        adts(500);
        scene.post(new Input.ClientGone("gone"));
        assertTrue(scene.everythingIsGivenBack());
        assertTrue(worker().closed);
        given(3200);
        ended();
        assertEquals(1, opened.size());
        assertEquals(List.of(), sent());
    }

    @Test
    void samples_that_come_after_the_time_limit_do_not_cut_the_answer_in_progress() {
        scene.in(ConversationState.READY, AAC);
        adts(500);
        scene.upstream(new LiveEvent.ModelAudio(ByteBuffer.allocate(480), 24_000));
        scene.post(new Input.AudioStreamEnded());
        // The end takes longer than it may, and the time for the conversation is over before.
        scene.upstream(new LiveEvent.ModelAudio(ByteBuffer.allocate(480), 24_000));
        given(640);
        List<String> before = List.copyOf(sent());
        scene.post(new Input.TextTyped("waits"));
        ended();
        assertEquals(before.size() + 2, sent().size());
        adts(500);
        scene.pass(Scene.SESSION);
        assertEquals(ConversationState.DRAINING, scene.conversation.state());
        given(640);
        assertEquals(before.size() + 2, sent().size());
    }

    @Test
    void a_stream_that_is_something_else_is_told_once_and_goes_on() {
        scene.in(
                ConversationState.READY,
                new ConversationRequest(Optional.of("audio/webm;codecs=opus"), LiveChoice.DEFAULTS));
        adts(500);
        adts(500);
        scene.post(new Input.AudioStreamEnded());
        ended();
        adts(500);
        List<ClientEvent.Problem> problems = scene.told(ClientEvent.Problem.class);
        assertEquals(1, problems.size());
        assertEquals(FailureKind.UNSUPPORTED_AUDIO, problems.get(0).kind());
        assertFalse(problems.get(0).kind().retryable());
        assertEquals(
                "The audio sent as audio/webm;codecs=opus is AAC and was decoded as such; declare audio/aac.",
                problems.get(0).message());
        assertEquals(0, scene.ends);
        assertEquals(
                1,
                scene.events.stream()
                        .filter(ConversationEvent.Started.class::isInstance)
                        .count());
    }

    @Test
    void without_a_decoder_aac_is_refused_at_the_start() {
        Scene without = new Scene();
        without.post(new Input.Start(AAC));
        assertEquals(FailureKind.UNSUPPORTED_AUDIO, without.endKind);
        assertTrue(without.endReason != null && without.endReason.contains("holds AAC"), () -> "" + without.endReason);
    }
}
