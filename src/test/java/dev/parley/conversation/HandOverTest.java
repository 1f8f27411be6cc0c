package dev.parley.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.conversation.event.ClientEvent;
import dev.parley.conversation.event.ConversationState;
import dev.parley.conversation.input.Input;
import dev.parley.gemini.live.LiveEvent;
import dev.parley.gemini.live.LiveRequest;
import dev.parley.shared.failure.FailureKind;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The upstream connection is replaced while the conversation goes on, or given up. */
class HandOverTest {
    private static final LiveEvent TURN_COMPLETE = new LiveEvent.TurnComplete(Optional.empty(), true);
    private static final int MESSAGE = 1280;

    private final Scene scene = new Scene();

    private static LiveEvent speech(int bytes) {
        return new LiveEvent.ModelAudio(ByteBuffer.allocate(bytes), 24_000);
    }

    @Test
    void an_announced_leave_is_followed_by_a_hand_over_at_the_next_quiet_moment() {
        scene.in(ConversationState.READY);
        scene.upstream(new LiveEvent.ResumptionHandle(Optional.of("h1")));
        scene.upstream(speech(480));
        scene.upstream(new LiveEvent.GoAway(Duration.ofSeconds(50)));
        assertEquals(1, scene.dials.size());
        scene.upstream(TURN_COMPLETE);
        assertEquals(2, scene.dials.size());
        assertTrue(scene.dials.get(0).closed);
        assertEquals(Optional.of("h1"), scene.dial().request.resumptionHandle());

        scene.audio(MESSAGE);
        scene.upstream(new LiveEvent.Ready());
        assertEquals(ConversationState.READY, scene.conversation.state());
        assertEquals(List.of("audio 1280"), scene.dial().sent);
        assertEquals(1, scene.told(ClientEvent.Reconnecting.class).size());
        assertEquals(
                new ClientEvent.Resumed(Duration.ofMillis(40), Duration.ZERO),
                scene.told(ClientEvent.Resumed.class).get(0));
    }

    @Test
    void what_is_said_between_a_failed_write_and_its_news_reaches_the_next_connection() {
        scene.in(ConversationState.READY);
        scene.upstream(new LiveEvent.ResumptionHandle(Optional.of("h1")));
        scene.upstream(new LiveEvent.OutputTranscript("proven"));
        scene.dial().open = false;
        scene.audio(MESSAGE);
        scene.post(new Input.TextTyped("and this"));
        scene.audio(MESSAGE);
        assertEquals(List.of(), scene.told(ClientEvent.Problem.class));

        scene.upstream(Scene.closed(FailureKind.UPSTREAM_UNAVAILABLE));
        scene.pass(Duration.ofMillis(1));
        assertEquals(2, scene.dials.size());
        scene.upstream(new LiveEvent.Ready());
        assertEquals(List.of("audio 1280", "text and this", "audio 1280"), scene.dial().sent);
        assertEquals(
                new ClientEvent.Resumed(Duration.ofMillis(80), Duration.ZERO),
                scene.told(ClientEvent.Resumed.class).get(0));
    }

    @Test
    void what_a_connection_lost_at_once_did_not_take_is_kept_for_the_next() {
        scene.in(ConversationState.READY);
        scene.upstream(new LiveEvent.ResumptionHandle(Optional.of("h1")));
        scene.upstream(new LiveEvent.OutputTranscript("proven"));
        scene.upstream(Scene.closed(FailureKind.UPSTREAM_UNAVAILABLE));
        scene.audio(MESSAGE);
        scene.post(new Input.TextTyped("kept"));
        scene.pass(Duration.ofMillis(1));
        assertEquals(2, scene.dials.size());
        scene.dial().open = false;
        scene.upstream(new LiveEvent.Ready());
        assertEquals(List.of(), scene.dial().sent);

        scene.upstream(Scene.closed(FailureKind.UPSTREAM_UNAVAILABLE));
        scene.pass(Duration.ofSeconds(4));
        assertEquals(3, scene.dials.size());
        scene.upstream(new LiveEvent.Ready());
        assertEquals(List.of("audio 1280", "text kept"), scene.dial().sent);
        assertEquals(List.of(), scene.told(ClientEvent.Problem.class));
    }

    @Test
    void an_announced_leave_is_not_waited_out() {
        scene.in(ConversationState.READY);
        scene.upstream(speech(480));
        scene.upstream(new LiveEvent.GoAway(Duration.ofSeconds(50)));
        scene.pass(Duration.ofSeconds(39));
        assertEquals(1, scene.dials.size());
        scene.pass(Duration.ofSeconds(1));
        assertEquals(2, scene.dials.size());
    }

    @Test
    void a_lost_upstream_is_dialled_again_with_growing_pauses_and_then_given_up() {
        scene.in(ConversationState.READY);
        scene.upstream(new LiveEvent.ResumptionHandle(Optional.of("h1")));
        scene.upstream(new LiveEvent.OutputTranscript("proven"));
        for (long pause : new long[] {0, 500, 1000, 2000, 4000, 4000}) {
            int before = scene.dials.size();
            scene.upstream(Scene.closed(FailureKind.UPSTREAM_UNAVAILABLE));
            if (pause > 0) {
                scene.pass(Duration.ofMillis(pause - 1));
                assertEquals(before, scene.dials.size());
                scene.pass(Duration.ofMillis(1));
            } else {
                scene.pass(Duration.ZERO);
            }
            assertEquals(before + 1, scene.dials.size());
        }
        scene.upstream(Scene.closed(FailureKind.UPSTREAM_UNAVAILABLE));
        assertEquals(FailureKind.UPSTREAM_UNAVAILABLE, scene.endKind);
        assertTrue(scene.everythingIsGivenBack());
    }

    @Test
    void an_upstream_that_confirms_and_closes_at_once_is_given_up_as_well() {
        scene.in(ConversationState.READY);
        for (int round = 0; scene.ends == 0 && round < 20; round++) {
            scene.upstream(Scene.closed(FailureKind.NO_CAPACITY));
            scene.pass(Duration.ofSeconds(4));
            if (scene.ends == 0) {
                scene.upstream(new LiveEvent.Ready());
                scene.audio(MESSAGE);
            }
        }
        assertEquals(FailureKind.NO_CAPACITY, scene.endKind);
        assertEquals("The upstream is gone.", scene.endReason);
        assertEquals(6, scene.dials.size());
        assertTrue(scene.everythingIsGivenBack());
    }

    @Test
    void an_upstream_over_quota_is_not_dialled_again_at_once() {
        scene.in(ConversationState.READY);
        scene.upstream(new LiveEvent.OutputTranscript("proven"));
        scene.upstream(Scene.closed(FailureKind.NO_CAPACITY));
        scene.pass(Duration.ofMillis(499));
        assertEquals(1, scene.dials.size());
        scene.pass(Duration.ofMillis(1));
        assertEquals(2, scene.dials.size());
    }

    @Test
    void a_server_that_stops_does_not_dial_again() {
        scene.in(ConversationState.READY);
        scene.upstream(Scene.closed(FailureKind.DRAINING));
        assertEquals(FailureKind.DRAINING, scene.endKind);
    }

    @Test
    void a_lost_memory_is_told() {
        scene.in(ConversationState.READY);
        scene.upstream(Scene.closed(FailureKind.UPSTREAM_UNAVAILABLE));
        scene.pass(Duration.ofMillis(500));
        scene.upstream(new LiveEvent.Ready());
        assertTrue(scene.told(ClientEvent.Problem.class).get(0).message().contains("does not remember"));
    }

    @Test
    void an_answer_that_a_lost_connection_cut_is_over() {
        scene.in(ConversationState.READY);
        scene.upstream(speech(480));
        scene.upstream(Scene.closed(FailureKind.UPSTREAM_UNAVAILABLE));
        assertEquals(1, scene.told(ClientEvent.TurnComplete.class).size());
        scene.pass(Duration.ZERO);
        scene.upstream(new LiveEvent.Ready());
        scene.upstream(new LiveEvent.OutputTranscript("next"));
        assertEquals(2, scene.told(ClientEvent.OutputTranscript.class).get(0).turn());
    }

    @Test
    void held_texts_are_bounded_in_characters() {
        scene.in(ConversationState.CONNECTING);
        for (int i = 0; i < 20; i++) {
            scene.post(new Input.TextTyped("x".repeat(32_000)));
        }
        assertEquals(13, scene.told(ClientEvent.Problem.class).size());
    }

    @Test
    void an_expired_handle_leads_to_a_fresh_session() {
        scene.in(ConversationState.RESUMING);
        scene.pass(Duration.ZERO);
        assertEquals(Optional.of("h1"), scene.dial().request.resumptionHandle());
        scene.upstream(new LiveEvent.Closed(
                FailureKind.UPSTREAM_UNAVAILABLE, "Forgotten.", 1008, "BidiGenerateContent session not found"));
        scene.pass(Duration.ofSeconds(1));
        assertEquals(Optional.empty(), scene.dial().request.resumptionHandle());
    }

    @Test
    void a_replaced_connection_is_not_listened_to() {
        scene.in(ConversationState.RESUMING);
        scene.pass(Duration.ZERO);
        scene.dials.get(0).hears(new LiveEvent.OutputTranscript("from the grave"));
        assertEquals(List.of(), scene.told(ClientEvent.OutputTranscript.class));
    }

    @Test
    void a_question_asked_during_the_answer_is_answered_before_the_hand_over() {
        Rehearsal play = new Rehearsal(Duration.ofMillis(100));
        play.modelSpeaks();
        play.scene.upstream(new LiveEvent.GoAway(Duration.ofSeconds(50)));
        play.loud = true;
        play.talk(1000);
        play.loud = false;
        play.talk(2000);
        play.turnComplete();
        play.talk(1000);
        assertEquals(1, play.scene.dials.size(), "the further question waits");
        play.modelSpeaks();
        play.talk(4000);
        assertEquals(1, play.scene.dials.size(), "it is being answered");
        play.turnComplete();
        assertEquals(2, play.scene.dials.size());
    }

    @Test
    void a_question_that_nobody_answers_is_not_waited_for_for_ever() {
        Rehearsal play = new Rehearsal(Duration.ofMillis(100));
        play.scene.post(new Input.TextTyped("hm"));
        play.scene.upstream(new LiveEvent.GoAway(Duration.ofSeconds(50)));
        play.talk(2800);
        assertEquals(1, play.scene.dials.size());
        play.talk(400);
        assertEquals(2, play.scene.dials.size());
    }

    @Test
    void a_person_who_speaks_is_not_handed_over_before_it_has_to_be() {
        Rehearsal play = new Rehearsal(Duration.ofMillis(100));
        play.loud = true;
        play.talk(1000);
        play.scene.upstream(new LiveEvent.GoAway(Duration.ofSeconds(50)));
        play.talk(39_000);
        assertEquals(1, play.scene.dials.size());
        play.talk(1200);
        assertEquals(2, play.scene.dials.size());
        play.talk(1000);
        assertEquals(0, play.repeatedMillis());
    }

    @Test
    void a_session_that_cannot_be_resumed_now_is_waited_for() {
        Rehearsal play = new Rehearsal(Duration.ofMillis(100));
        play.scene.upstream(new LiveEvent.ResumptionHandle(Optional.empty()));
        play.scene.upstream(new LiveEvent.GoAway(Duration.ofSeconds(50)));
        play.talk(5000);
        assertEquals(1, play.scene.dials.size());
        play.scene.upstream(new LiveEvent.ResumptionHandle(Optional.of("h9")));
        assertEquals(Optional.of("h9"), play.scene.dial().request.resumptionHandle());
    }

    @Test
    void the_next_connection_is_not_dialled_before_the_last_is_closed() {
        scene.in(ConversationState.READY);
        scene.dial().answersClose = false;
        scene.upstream(new LiveEvent.GoAway(Duration.ofSeconds(5)));
        assertTrue(scene.dial().closed);
        scene.pass(Duration.ofMillis(999));
        assertEquals(1, scene.dials.size());
        scene.pass(Duration.ofMillis(1));
        assertEquals(2, scene.dials.size());
    }

    @Test
    void a_fresh_session_is_told_what_was_said_and_heard() {
        scene.in(ConversationState.READY);
        scene.upstream(new LiveEvent.ResumptionHandle(Optional.of("h1")));
        scene.upstream(new LiveEvent.InputTranscript("Who are you?"));
        scene.upstream(speech(48_000));
        scene.upstream(new LiveEvent.OutputTranscript("I am Parley and more."));
        scene.post(new Input.Heard(1, Duration.ofMillis(500)));
        scene.upstream(new LiveEvent.Interrupted());
        scene.upstream(TURN_COMPLETE);
        scene.post(new Input.TextTyped("Shorter."));
        scene.upstream(Scene.closed(FailureKind.UPSTREAM_UNAVAILABLE));
        scene.pass(Duration.ZERO);
        assertEquals(List.of(), scene.dial().request.history(), "a session that remembers is told nothing");
        scene.upstream(new LiveEvent.Closed(
                FailureKind.UPSTREAM_UNAVAILABLE, "Forgotten.", 1008, "BidiGenerateContent session not found"));
        scene.pass(Duration.ofSeconds(1));
        assertEquals(
                List.of(new LiveRequest.Said(false, "Who are you?"), new LiveRequest.Said(true, "I am")),
                scene.dial().request.history());
        scene.upstream(new LiveEvent.Ready());
        assertEquals(List.of("text Shorter."), scene.dial().sent);
        assertEquals(List.of(), scene.told(ClientEvent.Problem.class));
    }

    /** A text that waits to be given is given as it is; one that was given and may be lost is given again, not told as well. */
    @Test
    void a_session_that_has_forgotten_is_given_each_text_once() {
        Rehearsal play = new Rehearsal(Duration.ofMillis(100));
        play.answersDials = false;
        play.type("answered");
        play.talk(80);
        play.modelSpeaks();
        play.turnComplete();
        play.talk(2000);
        play.type("just before");
        play.talk(80);
        play.closes(1011, "Internal error encountered.");
        play.type("while it is lost");
        play.talk(200);
        play.type("while it is dialled");
        play.closes(1008, "BidiGenerateContent session not found");
        play.answersDials = true;
        play.talk(400);
        play.type("before it is ready");
        play.talk(400);

        assertEquals(
                List.of(new LiveRequest.Said(false, "answered")),
                play.scene.dial().request.history());
        assertEquals(
                List.of(
                        "text just before",
                        "text while it is lost",
                        "text while it is dialled",
                        "text before it is ready"),
                texts(play));

        play.modelSpeaks();
        play.turnComplete();
        play.scene.upstream(new LiveEvent.Interrupted());
        play.talk(2000);
        play.answersDials = false;
        play.closes(1011, "Internal error encountered.");
        play.talk(40);
        play.closes(1008, "BidiGenerateContent session not found");
        play.answersDials = true;
        play.talk(1200);
        assertEquals(
                List.of("answered", "just before", "while it is lost", "while it is dialled", "before it is ready"),
                play.scene.dial().request.history().stream()
                        .map(LiveRequest.Said::text)
                        .toList());
        assertEquals(List.of(), texts(play));
    }

    private static List<String> texts(Rehearsal play) {
        return play.scene.dial().sent.stream()
                .filter(sent -> sent.startsWith("text"))
                .toList();
    }

    /** What kills connections is not given to a third as it was typed; it was said all the same. */
    @Test
    void a_text_that_is_given_to_nobody_any_more_is_told() {
        Rehearsal play = new Rehearsal(Duration.ofMillis(100));
        play.scene.upstream(new LiveEvent.OutputTranscript("proven"));
        play.turnComplete();
        play.answersDials = false;
        play.type("poison");
        play.closes(1011, "Internal error encountered.");
        play.talk(40);
        play.closes(1008, "BidiGenerateContent session not found");
        play.answersDials = true;
        play.talk(1000);
        assertEquals(List.of("text poison"), texts(play));
        play.closes(1011, "Internal error encountered.");
        play.answersDials = false;
        play.talk(2000);
        play.closes(1008, "BidiGenerateContent session not found");
        play.answersDials = true;
        play.talk(3000);
        assertEquals(List.of(), texts(play));
        assertTrue(play.scene.dial().request.history().contains(new LiveRequest.Said(false, "poison")));
    }

    @Test
    void a_fresh_session_is_told_what_an_answer_stood_on() {
        scene.in(ConversationState.READY);
        scene.upstream(new LiveEvent.InputTranscript("Where is Basel?"));
        scene.upstream(new LiveEvent.OutputTranscript("In Switzerland."));
        LiveEvent.Source page = new LiveEvent.Source("Basel", "https://example.org/basel");
        scene.upstream(new LiveEvent.Sources(List.of(page), Optional.empty()));
        scene.upstream(new LiveEvent.Sources(
                List.of(page, new LiveEvent.Source("", "https://example.net/rhine")), Optional.empty()));
        scene.upstream(TURN_COMPLETE);
        scene.upstream(Scene.closed(FailureKind.UPSTREAM_UNAVAILABLE));
        scene.pass(Duration.ZERO);
        assertEquals(
                List.of(
                        new LiveRequest.Said(false, "Where is Basel?"),
                        new LiveRequest.Said(
                                true,
                                "In Switzerland.\n\nSources: Basel <https://example.org/basel>,"
                                        + " example.net <https://example.net/rhine>")),
                scene.dial().request.history());
    }

    /** A caption model remembers nothing: what it was not asked to write down before it leaves, nobody will. */
    @Test
    void captions_are_finished_before_an_announced_end() {
        Rehearsal play = new Rehearsal(Duration.ofMillis(100), Scene.CAPTIONS);
        play.tellsEnds = false;
        play.transcribes = false;
        play.loud = true;
        play.talk(2000);
        play.scene.upstream(new LiveEvent.GoAway(Duration.ofSeconds(5)));
        play.talk(200);
        assertEquals(1, play.scene.dials.size());
        assertEquals(
                "activityEnd", play.scene.dial().sent.get(play.scene.dial().sent.size() - 1));
        play.scene.upstream(new LiveEvent.InputTranscript("All of it."));
        play.scene.upstream(new LiveEvent.SpeechEnded(Optional.empty()));
        assertEquals(2, play.scene.dials.size());
        play.talk(400);
        assertEquals(
                List.of("InputTranscript", "SpeechEnd", "TurnComplete", "Reconnecting", "Resumed"),
                play.scene.told.stream()
                        .map(told -> told.getClass().getSimpleName())
                        .filter(kind -> !kind.equals("Ready"))
                        .toList());
        assertEquals("activityStart", play.scene.dial().sent.get(0));
        assertEquals(0, play.repeatedMillis());
    }

    @Test
    void captions_that_do_not_come_are_not_waited_for_for_ever() {
        Rehearsal play = new Rehearsal(Duration.ofMillis(100), Scene.CAPTIONS);
        play.tellsEnds = false;
        play.loud = true;
        play.talk(2000);
        play.scene.upstream(new LiveEvent.GoAway(Duration.ofSeconds(5)));
        play.talk(1000);
        assertEquals(1, play.scene.dials.size());
        play.talk(40);
        assertEquals(2, play.scene.dials.size());
        play.talk(1000);
        assertEquals(0, play.repeatedMillis());
        assertEquals(ConversationState.READY, play.scene.conversation.state());
    }

    @Test
    void a_model_that_refuses_to_be_told_goes_on_without_and_that_is_told() {
        scene.in(ConversationState.READY);
        scene.upstream(new LiveEvent.InputTranscript("Who are you?"));
        scene.upstream(Scene.closed(FailureKind.UPSTREAM_UNAVAILABLE));
        scene.pass(Duration.ZERO);
        assertEquals(1, scene.dial().request.history().size());
        scene.upstream(new LiveEvent.Closed(
                FailureKind.UPSTREAM_REFUSED, "No.", 1007, "Request contains an invalid argument."));
        scene.pass(Duration.ofSeconds(1));
        assertEquals(List.of(), scene.dial().request.history());
        scene.upstream(new LiveEvent.Ready());
        assertTrue(scene.told(ClientEvent.Problem.class).get(0).message().contains("does not remember"));
    }

    @Test
    void a_text_that_kills_connections_is_given_to_two_of_them_at_most() {
        Rehearsal play = new Rehearsal(Duration.ofMillis(100));
        play.scene.upstream(new LiveEvent.OutputTranscript("proven"));
        play.turnComplete();
        play.type("poison");
        play.closes(1011, "Internal error encountered.");
        play.talk(1000);
        assertEquals(List.of("text poison"), play.scene.dial().sent.subList(0, 1));
        play.closes(1011, "Internal error encountered.");
        play.talk(3000);
        assertEquals(3, play.scene.dials.size());
        assertTrue(play.scene.dial().sent.stream().noneMatch("text poison"::equals));
    }
}
