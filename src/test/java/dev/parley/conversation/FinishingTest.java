package dev.parley.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.conversation.event.ConversationState;
import dev.parley.conversation.input.Input;
import dev.parley.gemini.live.LiveEvent;
import dev.parley.shared.failure.FailureKind;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A stop while answers do not cut each other ({@code NO_INTERRUPTION}): everything said before it is answered. */
class FinishingTest {
    private static final LiveEvent TURN_COMPLETE = new LiveEvent.TurnComplete(Optional.empty(), true);

    private final Scene scene = new Scene().in(ConversationState.READY);

    private enum Question {
        TYPED {
            @Override
            void ask(Scene scene) {
                scene.post(new Input.TextTyped("and this?"));
            }
        },
        SPOKEN {
            @Override
            void ask(Scene scene) {
                scene.audio(3200);
            }
        };

        abstract void ask(Scene scene);
    }

    private void modelSpeaks() {
        scene.upstream(new LiveEvent.ModelAudio(ByteBuffer.allocate(480), 24_000));
    }

    private void modelAnswers() {
        modelSpeaks();
        scene.upstream(TURN_COMPLETE);
    }

    private void stop() {
        scene.post(new Input.StopAsked());
    }

    private void assertEnded() {
        assertEquals(FailureKind.NORMAL, scene.endKind);
        assertTrue(scene.everythingIsGivenBack());
    }

    @ParameterizedTest
    @EnumSource
    void a_question_asked_during_an_answer_is_answered_after_a_stop(Question question) {
        Question.TYPED.ask(scene);
        modelSpeaks();
        question.ask(scene);
        stop();
        scene.upstream(TURN_COMPLETE);
        assertEquals(0, scene.ends);

        scene.pass(Duration.ofMillis(2_900));
        modelSpeaks();
        scene.pass(Duration.ofSeconds(29));
        assertEquals(0, scene.ends);
        scene.upstream(TURN_COMPLETE);

        assertEnded();
    }

    @ParameterizedTest
    @EnumSource
    void a_stop_between_the_first_answer_and_the_second_waits_for_the_second(Question question) {
        Question.TYPED.ask(scene);
        modelSpeaks();
        question.ask(scene);
        scene.upstream(TURN_COMPLETE);
        stop();
        assertEquals(ConversationState.DRAINING, scene.conversation.state());

        modelAnswers();

        assertEnded();
    }

    @Test
    void questions_asked_before_the_first_answer_begins_are_all_answered() {
        Question.SPOKEN.ask(scene);
        Question.TYPED.ask(scene);
        Question.SPOKEN.ask(scene);
        stop();
        modelAnswers();
        modelAnswers();
        assertEquals(0, scene.ends);
        modelAnswers();

        assertEnded();
    }

    @Test
    void a_question_that_the_first_answer_took_along_costs_three_seconds() {
        Question.TYPED.ask(scene);
        Question.TYPED.ask(scene);
        stop();
        modelAnswers();
        scene.pass(Duration.ofMillis(2_999));
        assertEquals(0, scene.ends);
        scene.pass(Duration.ofMillis(1));

        assertEnded();
    }

    @Test
    void a_spoken_question_is_one_however_many_messages_it_takes() {
        scene.audio(64_000);
        stop();
        modelAnswers();

        assertEnded();
    }

    @Test
    void an_answer_that_is_cut_answers_nothing_more_and_what_cut_it_is_answered() {
        Question.TYPED.ask(scene);
        modelSpeaks();
        Question.SPOKEN.ask(scene);
        stop();
        scene.upstream(new LiveEvent.Interrupted());
        scene.upstream(TURN_COMPLETE);
        assertEquals(0, scene.ends);
        modelAnswers();

        assertEnded();
    }

    @Test
    void the_time_limit_waits_for_no_further_answer() {
        scene.pass(Scene.SESSION.minusSeconds(1));
        Question.TYPED.ask(scene);
        modelSpeaks();
        Question.TYPED.ask(scene);
        stop();
        scene.pass(Duration.ofSeconds(1));
        scene.upstream(TURN_COMPLETE);

        assertEquals(FailureKind.TIME_LIMIT, scene.endKind);
        assertTrue(scene.everythingIsGivenBack());
    }
}
