package dev.parley.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.conversation.event.ClientEvent;
import dev.parley.conversation.event.ConversationState;
import dev.parley.conversation.input.Input;
import dev.parley.gemini.live.LiveEvent;
import dev.parley.shared.failure.FailureKind;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** An upstream that is gone though its connection stands is noticed by what it does not say, and nobody else is. */
class DeadUpstreamTest {
    private final Rehearsal play = new Rehearsal(Duration.ofMillis(100));

    DeadUpstreamTest() {
        play.transcribes = false;
        play.scene.upstream(new LiveEvent.OutputTranscript("proven"));
        play.turnComplete();
    }

    private int unsteady() {
        return play.scene.told(ClientEvent.Unsteady.class).size();
    }

    private int steady() {
        return play.scene.told(ClientEvent.Steady.class).size();
    }

    @Test
    void five_seconds_of_speech_without_a_frame_are_told_and_ten_end_the_connection() {
        play.talk(1000);
        play.loud = true;
        play.talk(4960);
        assertEquals(0, unsteady());
        play.talk(80);
        assertEquals(1, unsteady());
        play.talk(4900);
        assertEquals(1, play.scene.dials.size());
        play.talk(200);
        assertEquals(2, play.scene.dials.size());
        assertEquals(1, play.scene.told(ClientEvent.Reconnecting.class).size());
        play.loud = false;
        play.talk(1000);
        assertEquals(300, play.repeatedMillis());
        assertEquals(0, steady());
    }

    @Test
    void a_question_that_is_over_is_waited_for_no_longer() {
        play.loud = true;
        play.talk(6000);
        play.loud = false;
        play.pause(3000);
        assertEquals(1, play.scene.dials.size());
        play.pause(1200);
        assertEquals(2, play.scene.dials.size());
    }

    @Test
    void any_frame_at_all_proves_that_somebody_is_there() {
        play.loud = true;
        for (int i = 0; i < 10; i++) {
            play.talk(4000);
            play.scene.upstream(new LiveEvent.Alive());
        }
        assertEquals(0, unsteady());
        play.talk(6000);
        assertEquals(1, unsteady());
        play.scene.upstream(new LiveEvent.Alive());
        assertEquals(1, steady());
        play.talk(4000);
        assertEquals(1, unsteady());
        assertEquals(1, play.scene.dials.size());
    }

    @Test
    void a_model_that_keeps_silent_and_transcribes_is_no_fault() {
        play.transcribes = true;
        play.loud = true;
        play.talk(120_000);
        assertEquals(0, unsteady());
    }

    @Test
    void a_person_who_says_nothing_is_owed_nothing() {
        play.talk(120_000);
        assertEquals(0, unsteady());
        assertEquals(1, play.scene.dials.size());
    }

    @Test
    void a_loud_machine_is_no_speech() {
        Random random = new Random(7);
        for (int i = 0; i < 1500; i++) { // a minute of even noise, as loud as a voice
            byte[] noise = new byte[1280];
            for (int at = 0; at < noise.length; at += 2) {
                int sample = (int) (random.nextGaussian() * 2000);
                noise[at] = (byte) sample;
                noise[at + 1] = (byte) (sample >> 8);
            }
            play.scene.visit.postAudio(java.nio.ByteBuffer.wrap(noise));
            play.scene.pass(Duration.ofMillis(40));
        }
        assertEquals(0, unsteady());
    }

    @Test
    void a_recording_sent_at_once_is_given_the_time_that_it_takes() {
        play.loud = true;
        for (int i = 0; i < 500; i++) { // 20 s of speech in no time
            play.speakOnce(40);
        }
        play.pause(4900);
        assertEquals(0, unsteady());
        play.scene.upstream(new LiveEvent.InputTranscript("there"));
        play.pause(60_000);
        assertEquals(0, unsteady());
    }

    @Test
    void an_upstream_that_stays_dead_is_given_up_in_the_end() {
        play.loud = true;
        for (int seconds = 0; seconds < 300 && play.scene.ends == 0; seconds++) {
            play.talk(1000);
        }
        assertEquals(FailureKind.UPSTREAM_UNAVAILABLE, play.scene.endKind);
        assertEquals(7, play.scene.dials.size());
    }

    @Test
    void who_hangs_up_is_not_held_by_a_watch() {
        play.loud = true;
        play.talk(6000);
        play.scene.post(new Input.ClientGone("left"));
        assertEquals(ConversationState.CLOSED, play.scene.conversation.state());
        assertEquals(0, play.scene.time.pending());
    }
}
