package dev.parley.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.conversation.event.ClientEvent;
import dev.parley.conversation.event.ConversationEvent;
import dev.parley.conversation.event.ConversationState;
import dev.parley.conversation.input.ConversationRequest;
import dev.parley.conversation.input.Input;
import dev.parley.gemini.live.LiveEvent;
import dev.parley.shared.failure.FailureKind;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConversationTest {
    private static final LiveEvent TURN_COMPLETE = new LiveEvent.TurnComplete(Optional.empty(), true);
    private static final int MESSAGE = 1280;

    private final Scene scene = new Scene();

    private static LiveEvent speech(int bytes) {
        return new LiveEvent.ModelAudio(ByteBuffer.allocate(bytes), 24_000);
    }

    @Test
    void what_is_said_before_the_upstream_is_ready_is_held_and_sent_in_order() {
        scene.in(ConversationState.WAITING);
        scene.audio(MESSAGE);
        scene.post(new Input.TextTyped("between"));
        scene.grant();
        scene.audio(2 * MESSAGE);
        assertEquals(List.of(), scene.dial().sent);

        scene.upstream(new LiveEvent.Ready());

        assertEquals(List.of("audio 1280", "text between", "audio 2560"), scene.dial().sent);
    }

    @Test
    void audio_shorter_than_a_message_is_sent_before_the_text_that_follows_it() {
        scene.in(ConversationState.READY);
        scene.audio(200);
        scene.post(new Input.TextTyped("after"));

        assertEquals(List.of("audio 200", "text after"), scene.dial().sent);
    }

    @Test
    void no_message_to_the_upstream_is_longer_than_100_ms() {
        scene.in(ConversationState.READY);
        scene.audio(32_000);

        assertEquals(32_000, scene.dial().audio.size());
        assertTrue(scene.dial().sent.stream()
                .allMatch(sent -> Integer.parseInt(sent.substring("audio ".length())) <= 3200));
    }

    @Test
    void ready_tells_who_answers_and_how_long() {
        scene.in(ConversationState.READY);

        ClientEvent.Ready ready = scene.told(ClientEvent.Ready.class).get(0);
        assertEquals("c1", ready.conversation());
        assertEquals("gemini-3.8-live", ready.model());
        assertEquals(24_000, ready.outputRate());
        assertEquals(Scene.SESSION, ready.timeLeft());
        assertFalse(ready.simulated());
        ConversationEvent.Started started =
                scene.observed(ConversationEvent.Started.class).get(0);
        assertEquals("gemini-3.8-live", started.model());
        assertEquals("first", started.key());
        assertEquals(Optional.of("ada"), started.caller());
    }

    @Test
    void beyond_what_is_held_the_oldest_audio_is_lost_and_the_loss_is_told() {
        scene.in(ConversationState.CONNECTING);
        for (int second = 0; second < 40; second++) {
            scene.audio(32_000);
            scene.pass(Duration.ofSeconds(1));
        }
        scene.upstream(new LiveEvent.Ready());

        assertEquals(30 * 32_000, scene.dial().audio.size());
        assertTrue(scene.told(ClientEvent.Problem.class).get(0).message().contains("10000 ms"));
    }

    @Test
    void audio_may_run_half_a_minute_ahead_of_the_clock_and_no_further() {
        scene.in(ConversationState.READY);
        scene.audio(30 * 32_000);
        assertEquals(0, scene.ends);
        scene.pass(Duration.ofSeconds(1));
        scene.audio(32_000);
        assertEquals(0, scene.ends);
        scene.audio(3_200);
        assertEquals(FailureKind.TOO_LARGE, scene.endKind);
    }

    @Test
    void a_pause_does_not_add_to_what_may_come_ahead() {
        scene.in(ConversationState.READY);
        scene.pass(Duration.ofMinutes(5));
        scene.audio(30 * 32_000);
        scene.audio(3_200);
        assertEquals(FailureKind.TOO_LARGE, scene.endKind);
    }

    @Test
    void stop_sends_the_last_words_and_lets_the_answer_arrive() {
        scene.in(ConversationState.READY);
        scene.audio(200);
        scene.post(new Input.StopAsked());
        assertEquals(List.of("audio 200", "audioStreamEnd"), scene.dial().sent);
        assertEquals(ConversationState.DRAINING, scene.conversation.state());

        scene.pass(Duration.ofSeconds(2));
        scene.upstream(speech(480));
        scene.pass(Duration.ofSeconds(20));
        scene.upstream(speech(480));
        assertEquals(0, scene.ends);
        scene.upstream(TURN_COMPLETE);

        assertEquals(960, scene.played.size());
        assertEquals(FailureKind.NORMAL, scene.endKind);
        assertTrue(scene.everythingIsGivenBack());
    }

    @Test
    void stop_does_not_wait_for_an_answer_that_does_not_begin() {
        scene.in(ConversationState.DRAINING);
        scene.pass(Duration.ofSeconds(3));
        assertEquals(FailureKind.NORMAL, scene.endKind);
    }

    @Test
    void an_answer_that_the_last_words_cut_is_not_the_answer_to_them() {
        scene.in(ConversationState.READY);
        scene.upstream(speech(480));
        scene.audio(MESSAGE);
        scene.post(new Input.StopAsked());
        scene.upstream(new LiveEvent.Interrupted());
        scene.upstream(TURN_COMPLETE);
        assertEquals(0, scene.ends);

        scene.upstream(speech(480));
        scene.upstream(TURN_COMPLETE);
        assertEquals(FailureKind.NORMAL, scene.endKind);
    }

    @Test
    void stop_before_the_upstream_is_ready_still_delivers_what_was_said() {
        scene.in(ConversationState.CONNECTING);
        scene.audio(MESSAGE);
        scene.post(new Input.StopAsked());
        scene.audio(MESSAGE); // after the stop: nobody said this
        scene.upstream(new LiveEvent.Ready());

        assertEquals(List.of("audio 1280", "audioStreamEnd"), scene.dial().sent);
        assertEquals(ConversationState.DRAINING, scene.conversation.state());
    }

    @Test
    void stop_gives_up_on_an_upstream_that_never_gets_ready() {
        scene.in(ConversationState.CONNECTING);
        scene.post(new Input.StopAsked());
        scene.pass(Duration.ofSeconds(10));
        assertEquals(FailureKind.UPSTREAM_UNAVAILABLE, scene.endKind);
        assertTrue(scene.everythingIsGivenBack());
    }

    @Test
    void the_time_left_is_told_at_a_minute_and_at_ten_seconds() {
        scene.in(ConversationState.READY);
        scene.pass(Scene.SESSION.minusSeconds(60));
        scene.pass(Duration.ofSeconds(50));
        assertEquals(
                List.of(Duration.ofSeconds(60), Duration.ofSeconds(10)),
                scene.told(ClientEvent.TimeLeft.class).stream()
                        .map(ClientEvent.TimeLeft::left)
                        .toList());
    }

    @Test
    void the_time_limit_ends_a_silent_conversation_at_once() {
        scene.in(ConversationState.READY);
        scene.pass(Scene.SESSION);
        assertEquals(FailureKind.TIME_LIMIT, scene.endKind);
    }

    @Test
    void the_time_limit_lets_an_answer_in_progress_end() {
        scene.in(ConversationState.READY);
        scene.upstream(speech(480));
        scene.pass(Scene.SESSION);
        assertEquals(0, scene.ends);
        scene.upstream(TURN_COMPLETE);
        assertEquals(FailureKind.TIME_LIMIT, scene.endKind);
    }

    @Test
    void the_time_limit_is_never_passed_by_five_seconds() {
        scene.in(ConversationState.READY);
        scene.upstream(speech(480));
        scene.pass(Scene.SESSION);
        scene.upstream(speech(480));
        scene.pass(Duration.ofMillis(4_900));
        assertEquals(FailureKind.TIME_LIMIT, scene.endKind);
    }

    @Test
    void the_time_limit_also_ends_a_stop_that_waits_for_its_answer() {
        scene.in(ConversationState.READY);
        scene.pass(Scene.SESSION.minusSeconds(1));
        scene.audio(MESSAGE);
        scene.post(new Input.StopAsked());
        scene.upstream(speech(480));
        scene.pass(Duration.ofSeconds(1));
        scene.upstream(new LiveEvent.Interrupted());
        scene.pass(Duration.ofMillis(4_900));
        assertEquals(FailureKind.TIME_LIMIT, scene.endKind);
    }

    @Test
    void an_interruption_drops_audio_before_it_is_told() {
        scene.in(ConversationState.READY);
        scene.upstream(speech(480));
        scene.upstream(new LiveEvent.Interrupted());
        assertEquals(1, scene.audioDrops);
        assertEquals(1, scene.told(ClientEvent.Interrupted.class).get(0).turn());
    }

    @Test
    void turns_are_counted_and_carry_their_cost() {
        scene.in(ConversationState.READY);
        scene.upstream(new LiveEvent.OutputTranscript("one"));
        scene.upstream(new LiveEvent.Usage(10, 5, 15, Map.of("AUDIO", 10L), Map.of()));
        scene.upstream(TURN_COMPLETE);
        scene.upstream(new LiveEvent.OutputTranscript("two"));
        scene.upstream(new LiveEvent.Usage(20, 5, 25, Map.of("AUDIO", 20L), Map.of()));
        scene.upstream(TURN_COMPLETE);

        List<ClientEvent.TurnComplete> turns = scene.told(ClientEvent.TurnComplete.class);
        assertEquals(15, turns.get(0).usage().orElseThrow().total());
        assertEquals(25, turns.get(1).usage().orElseThrow().total());
        assertEquals(2, scene.told(ClientEvent.OutputTranscript.class).get(1).turn());
        assertEquals(40, scene.told(ClientEvent.Usage.class).get(1).total().total());
        assertEquals(
                Map.of("AUDIO", 30L),
                scene.told(ClientEvent.Usage.class).get(1).total().promptByModality());
        assertEquals(40, scene.leases.get(0).tokens);
    }

    @Test
    void audio_is_counted_towards_the_token_budget_both_ways() {
        scene.in(ConversationState.READY);
        scene.audio(64_000);
        scene.upstream(speech(48_000));
        long counted = scene.leases.get(0).audioMillis; // the person's audio is reported in steps of a second
        assertTrue(counted > 1_900 && counted <= 3_000, "counted " + counted);
    }

    @Test
    void a_spent_token_budget_ends_the_conversation_with_a_reason() {
        scene.in(ConversationState.READY);
        scene.leases.get(0).withinBudget = false;
        scene.audio(64_000);
        assertEquals(FailureKind.NO_CAPACITY, scene.endKind);
        assertTrue(scene.everythingIsGivenBack());
    }

    @Test
    void a_refused_setup_ends_with_the_sentence_of_the_upstream() {
        scene.in(ConversationState.CONNECTING);
        scene.upstream(Scene.closed(FailureKind.UPSTREAM_REFUSED));
        assertEquals(FailureKind.UPSTREAM_REFUSED, scene.endKind);
        assertEquals("The upstream is gone.", scene.endReason);
        assertTrue(scene.everythingIsGivenBack());
    }

    @Test
    void a_choice_outside_the_allow_list_is_refused_before_a_slot_is_asked_for() {
        scene.post(new Input.Start(new ConversationRequest(
                Optional.empty(),
                new dev.parley.gemini.live.LiveChoice(
                        Optional.of("no-such-model"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false))));
        assertEquals(FailureKind.BAD_MESSAGE, scene.endKind);
        assertEquals(null, scene.applicant);
    }

    @Test
    void audio_that_cannot_be_decoded_ends_with_4415() {
        scene.in(ConversationState.READY, ConversationRequest.DEFAULT);
        scene.visit.postAudio(ByteBuffer.wrap(
                "<html>certainly no audio</html>".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
        scene.settle();
        assertEquals(FailureKind.UNSUPPORTED_AUDIO, scene.endKind);
        assertTrue(scene.everythingIsGivenBack());
    }

    @Test
    void leaving_the_line_withdraws_and_a_slot_granted_at_that_moment_is_given_back() {
        scene.in(ConversationState.WAITING);
        scene.post(new Input.ClientGone("left"));
        assertEquals(1, scene.withdrawn);
        scene.grant();
        assertEquals(1, scene.leases.get(0).closes);
        assertEquals(0, scene.dials.size());
    }

    @Test
    void small_chunks_of_samples_are_taken_where_they_arrive_everything_else_in_a_turn() {
        scene.in(ConversationState.READY);
        scene.audio(1280); // shows that the stream is one of samples
        scene.dial().sent.clear();
        scene.visit.postAudio(ByteBuffer.wrap(new byte[1280]));
        assertEquals(List.of("audio 1280"), scene.dial().sent);

        scene.visit.postAudio(ByteBuffer.wrap(new byte[6400]));
        assertEquals(1, scene.dial().sent.size());
        scene.settle();
        assertEquals(3, scene.dial().sent.size());

        scene.post(new Input.AudioStreamEnded());
        scene.dial().sent.clear();
        scene.visit.postAudio(ByteBuffer.wrap(new byte[1280]));
        assertEquals(List.of(), scene.dial().sent);
        scene.settle();
        assertEquals(List.of("audio 1280"), scene.dial().sent);
    }

    @Test
    void an_upstream_that_cannot_be_closed_does_not_keep_the_lease() {
        scene.in(ConversationState.READY);
        scene.upstreamThrowsOnClose = true;
        scene.post(new Input.ClientGone("left"));
        assertEquals(1, scene.leases.get(0).closes);
        assertTrue(scene.everythingIsGivenBack());
    }

    @Test
    void a_client_too_slow_for_audio_is_told_once_per_episode() {
        scene.in(ConversationState.READY);
        scene.clientTakesAudio = false;
        scene.upstream(speech(480));
        scene.upstream(speech(480));
        scene.clientTakesAudio = true;
        scene.upstream(speech(480));
        scene.clientTakesAudio = false;
        scene.upstream(speech(480));
        assertEquals(2, scene.told(ClientEvent.Problem.class).size());
    }

    @Test
    void an_upstream_that_takes_no_audio_is_told_once_per_episode_and_counted() {
        scene.in(ConversationState.READY);
        scene.dial().takesAudio = false;
        for (int i = 0; i < 302; i++) {
            scene.audio(3200);
            scene.pass(Duration.ofMillis(100));
        }
        assertEquals(1, scene.told(ClientEvent.Problem.class).size());
        scene.dial().takesAudio = true;
        scene.pass(Duration.ofMillis(100));
        assertEquals(30 * 32_000, scene.dial().audio.size());
        assertTrue(scene.told(ClientEvent.Problem.class).get(1).message().contains(" 200 ms "));
        scene.post(new Input.ClientGone("left"));
        ConversationEvent.Ended ended = (ConversationEvent.Ended) scene.events.get(scene.events.size() - 1);
        assertEquals(Duration.ofMillis(200), ended.audioLost());
    }

    @Test
    void manual_turns_are_marked_in_order_with_the_audio() {
        scene.in(ConversationState.READY, Scene.PCM_MANUAL);
        scene.post(new Input.ActivityStarted());
        scene.audio(200);
        scene.post(new Input.ActivityEnded());
        assertEquals(List.of("activityStart", "audio 200", "activityEnd"), scene.dial().sent);
    }

    @Test
    void a_pause_of_the_recorder_in_a_manual_turn_is_not_the_end_of_the_turn() {
        scene.in(ConversationState.READY, Scene.PCM_MANUAL);
        scene.post(new Input.ActivityStarted());
        scene.audio(640);
        scene.post(new Input.AudioStreamEnded());
        scene.audio(640);
        scene.post(new Input.ActivityEnded());
        assertEquals(List.of("activityStart", "audio 640", "audio 640", "activityEnd"), scene.dial().sent);
        assertEquals(List.of(), scene.told(ClientEvent.Problem.class));
    }

    @Test
    void stop_closes_an_open_manual_turn() {
        scene.in(ConversationState.READY, Scene.PCM_MANUAL);
        scene.post(new Input.ActivityStarted());
        scene.audio(640);
        scene.post(new Input.StopAsked());
        assertEquals(List.of("activityStart", "audio 640", "activityEnd"), scene.dial().sent);
    }

    @Test
    void turn_marks_without_manual_turn_taking_are_told_to_be_wrong_and_not_sent() {
        scene.in(ConversationState.READY);
        scene.post(new Input.ActivityStarted());
        scene.post(new Input.ActivityEnded());
        assertEquals(List.of(), scene.dial().sent);
        assertEquals(2, scene.told(ClientEvent.Problem.class).size());
    }

    @Test
    void another_rate_of_model_audio_is_told_before_the_audio() {
        scene.in(ConversationState.READY);
        scene.upstream(new LiveEvent.ModelAudio(ByteBuffer.allocate(320), 16_000));
        assertEquals(16_000, scene.told(ClientEvent.OutputFormat.class).get(0).outputRate());
    }

    @Test
    void the_report_at_the_end_adds_up() {
        scene.in(ConversationState.READY);
        scene.audio(32_000);
        scene.upstream(speech(48_000));
        scene.post(new Input.Heard(1, Duration.ofMillis(300)));
        scene.post(new Input.Heard(1, Duration.ofMillis(400)));
        scene.post(new Input.Heard(2, Duration.ofMillis(300)));
        scene.pass(Duration.ofSeconds(5));
        scene.post(new Input.ClientGone("left"));

        ConversationEvent.Ended ended =
                scene.observed(ConversationEvent.Ended.class).get(0);
        assertEquals(Duration.ofSeconds(1), ended.audioIn());
        assertEquals(Duration.ofSeconds(1), ended.audioOut());
        assertEquals(Duration.ofMillis(700), ended.heard());
        assertEquals(Duration.ofSeconds(5), ended.duration());
        assertEquals(Duration.ZERO, ended.audioLost());
    }

    @Test
    void a_backlog_of_audio_is_refused_beyond_its_bound() {
        scene.in(ConversationState.READY);
        int accepted = 0;
        while (scene.visit.postAudio(ByteBuffer.allocate(100_000))) {
            accepted++;
        }
        assertTrue(accepted > 10 && accepted < 50, "accepted " + accepted);
        scene.settle();
        assertTrue(scene.visit.postAudio(ByteBuffer.allocate(100_000)));
    }
}
