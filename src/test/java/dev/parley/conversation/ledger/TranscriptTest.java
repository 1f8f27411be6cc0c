package dev.parley.conversation.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.conversation.event.ClientEvent.History.Line;
import dev.parley.gemini.live.LiveRequest.Said;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TranscriptTest {
    private final Transcript transcript = new Transcript();

    private void answer(int turn, String text, int millis) {
        transcript.modelSpoke(turn, Duration.ofMillis(millis));
        transcript.modelSaid(turn, text);
    }

    @Test
    void deltas_join_and_the_question_stands_before_its_answer() {
        transcript.personSaid(1, "Hel");
        answer(1, "Good ", 500);
        transcript.personSaid(1, "lo.");
        answer(1, "morning.", 500);
        transcript.typed(2, "And?").given(true);
        assertEquals(
                List.of(new Said(false, "Hello."), new Said(true, "Good morning."), new Said(false, "And?")),
                transcript.forSession());
    }

    @Test
    void a_late_transcript_of_the_person_still_stands_before_the_answer() {
        answer(1, "Good morning.", 500);
        transcript.personSaid(1, "Hello.");
        assertEquals(List.of(new Said(false, "Hello."), new Said(true, "Good morning.")), transcript.forSession());
    }

    @Test
    void who_reports_nothing_is_taken_to_have_heard_everything() {
        answer(1, "One two three four.", 4000);
        assertEquals(List.of(new Said(true, "One two three four.")), transcript.forSession());
    }

    @Test
    void an_answer_is_cut_behind_the_last_word_that_was_heard_to_its_end() {
        answer(1, "One two three four.", 1900); // 100 ms a character
        transcript.heard(1, Duration.ofMillis(850));
        transcript.cut(1);
        assertEquals(List.of(new Line(1, true, "One two three four.", "One two ".length(), true)), transcript.lines());
        assertEquals(List.of(new Said(true, "One two")), transcript.forSession());
    }

    @Test
    void an_answer_of_which_nothing_was_heard_is_not_remembered() {
        answer(1, "Heard.", 600);
        transcript.heard(1, Duration.ofMillis(600));
        answer(2, "Not heard.", 1000);
        assertEquals(List.of(new Said(true, "Heard.")), transcript.forSession());
    }

    @Test
    void one_report_over_all_answers_is_spread_over_them_in_order() {
        answer(1, "First answer.", 1300);
        answer(2, "Second answer.", 1400);
        transcript.heard(0, Duration.ofMillis(1300 + 750));
        assertEquals(List.of(new Said(true, "First answer."), new Said(true, "Second")), transcript.forSession());
    }

    @Test
    void a_script_without_spaces_is_cut_between_characters() {
        answer(1, "你好世界", 400);
        transcript.heard(1, Duration.ofMillis(250));
        assertEquals(List.of(new Said(true, "你好")), transcript.forSession());
    }

    @Test
    void written_answers_are_read_not_heard() {
        transcript.modelSaid(1, "Written.");
        transcript.heard(1, Duration.ZERO);
        assertEquals(List.of(new Said(true, "Written.")), transcript.forSession());
    }

    @Test
    void it_is_bounded_and_the_oldest_go_first() {
        for (int turn = 1; turn <= 1000; turn++) {
            transcript.personSaid(turn, "x".repeat(1000));
        }
        int chars = transcript.lines().stream()
                .mapToInt(line -> line.text().length())
                .sum();
        assertTrue(chars <= 64 << 10, () -> chars + " characters");
        assertEquals(1000, transcript.lines().get(transcript.lines().size() - 1).turn());
        int told = transcript.forSession().stream()
                .mapToInt(said -> said.text().length())
                .sum();
        assertTrue(told <= 16 << 10 && told > 10_000, () -> told + " characters for a session");
    }

    @Test
    void one_part_without_end_is_bounded_as_well() {
        for (int i = 0; i < 1000; i++) {
            transcript.modelSaid(1, "y".repeat(1000));
        }
        assertTrue(transcript.lines().get(0).text().length() <= 64 << 10);
    }
}
