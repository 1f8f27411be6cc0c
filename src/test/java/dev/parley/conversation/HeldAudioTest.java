package dev.parley.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.conversation.event.ClientEvent;
import dev.parley.conversation.event.ConversationEvent;
import dev.parley.conversation.input.Input;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What does not fit the buffer between two connections is lost, and told to the millisecond. */
class HeldAudioTest {
    private static final int HELD_MILLIS = 30_000;

    @ParameterizedTest
    @ValueSource(ints = {29_680, 29_720, 30_000, 30_040, 31_000, 45_000, 70_000})
    void what_does_not_fit_is_told_to_the_millisecond(int awayMillis) {
        Rehearsal play = new Rehearsal(Duration.ZERO);
        play.talk(2000);
        play.answersDials = false;
        play.closes(1011, "Internal error encountered.");
        play.talk(awayMillis);
        assertEquals(List.of(), play.resumed());
        play.answersDials = true;
        play.talk(2000);

        int away = awayMillis + Rehearsal.MESSAGE_MILLIS; // the next message comes before the next connection
        int held = Math.min(HELD_MILLIS, away + 300);
        assertEquals(Math.max(0, away - HELD_MILLIS), play.lostMillis());
        assertEquals(play.lostMillis(), play.toldLostMillis());
        assertEquals(held, play.resumed().get(0).replayed().toMillis());
        assertEquals(
                List.of(),
                play.scene.told(ClientEvent.Problem.class).stream()
                        .filter(problem -> !problem.message().contains("does not remember"))
                        .toList());
    }

    @Test
    void two_losses_of_one_conversation_add_up() {
        Rehearsal play = new Rehearsal(Duration.ZERO);
        for (int i = 0; i < 2; i++) {
            play.talk(12_000);
            play.answersDials = false;
            play.closes(1011, "Internal error encountered.");
            play.talk(33_000);
            play.answersDials = true;
            play.talk(40);
        }
        play.talk(2000);
        assertEquals(6080, play.lostMillis());
        assertEquals(6080, play.toldLostMillis());
        play.scene.post(new Input.ClientGone("left"));
        assertEquals(6080, ended(play).audioLost().toMillis());
        assertEquals(
                play.microphone.given() / NumberedAudio.UNITS_PER_MILLI - 6080,
                ended(play).audioIn().toMillis());
    }

    @Test
    void what_is_held_when_the_conversation_ends_counts_as_lost() {
        Rehearsal play = new Rehearsal(Duration.ZERO);
        play.talk(2000);
        play.answersDials = false;
        play.closes(1011, "Internal error encountered.");
        play.talk(1000);
        play.scene.post(new Input.ClientGone("left"));
        assertEquals(1000, ended(play).audioLost().toMillis());
        assertEquals(2000, ended(play).audioIn().toMillis());
    }

    @Test
    void a_connection_that_takes_less_for_a_while_costs_nothing() {
        Rehearsal play = new Rehearsal(Duration.ZERO);
        play.talk(1000);
        play.scene.dial().takesAudio = false;
        play.talk(20_000);
        play.type("in between");
        play.talk(1000);
        play.scene.dial().takesAudio = true;
        play.pause(120);
        assertEquals(0, play.repeatedMillis());
        assertEquals(0, play.repeatedTexts());
        assertEquals(List.of(), play.scene.told(ClientEvent.Problem.class));
    }

    private static ConversationEvent.Ended ended(Rehearsal play) {
        return (ConversationEvent.Ended) play.scene.events.get(play.scene.events.size() - 1);
    }
}
