package dev.parley.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.conversation.event.ClientEvent;
import dev.parley.conversation.event.ConversationEvent;
import dev.parley.conversation.event.ConversationState;
import dev.parley.conversation.input.Input;
import dev.parley.gemini.live.LiveConnection.Picture;
import dev.parley.gemini.live.LiveEvent;
import dev.parley.shared.failure.FailureKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a person shows: sent at once or not at all, and counted either way. */
class PicturesTest {
    private static Input shown(String name) {
        return new Input.PictureShown(Optional.of(new Picture("image/jpeg", name)));
    }

    private static List<String> sent(Scene.Dial dial) {
        return dial.sent.stream().filter(line -> line.startsWith("picture")).toList();
    }

    private static ConversationEvent.Ended ended(Scene scene) {
        scene.post(new Input.ClientGone("gone", false));
        return (ConversationEvent.Ended) scene.events.get(scene.events.size() - 1);
    }

    @Test
    void a_picture_leaves_at_once() {
        Scene scene = new Scene().in(ConversationState.READY);
        scene.post(shown("a"));
        assertEquals(List.of("picture a"), sent(scene.dial()));
        assertEquals(1, ended(scene).picturesSent());
    }

    @Test
    void what_the_door_and_a_busy_connection_drop_is_counted() {
        Scene scene = new Scene().in(ConversationState.READY);
        scene.post(new Input.PictureShown(Optional.empty()));
        scene.dial().takesPictures = false;
        scene.post(shown("a"));
        scene.dial().takesPictures = true;
        scene.post(shown("b"));
        assertEquals(List.of("picture b"), sent(scene.dial()));
        ConversationEvent.Ended ended = ended(scene);
        assertEquals(1, ended.picturesSent());
        assertEquals(2, ended.picturesDropped());
    }

    @Test
    void only_the_newest_waits_for_a_connection_and_leaves_before_the_audio() {
        Scene scene = new Scene().in(ConversationState.RESUMING);
        scene.audio(3200);
        scene.post(shown("a"));
        scene.post(shown("b"));
        scene.pass(Duration.ZERO); // dialled again
        scene.upstream(new LiveEvent.Ready());
        assertEquals(List.of("picture b", "audio 3200"), scene.dial().sent);
        ConversationEvent.Ended ended = ended(scene);
        assertEquals(1, ended.picturesSent());
        assertEquals(1, ended.picturesDropped());
    }

    @Test
    void a_connection_lost_without_a_word_leaves_the_picture_to_the_next_one() {
        Scene scene = new Scene().in(ConversationState.READY);
        Scene.Dial lost = scene.dial();
        lost.open = false;
        scene.post(shown("a"));
        scene.upstream(Scene.closed(FailureKind.UPSTREAM_UNAVAILABLE));
        scene.pass(Duration.ofSeconds(1));
        scene.upstream(new LiveEvent.Ready());
        assertTrue(sent(lost).isEmpty());
        assertEquals(List.of("picture a"), sent(scene.dial()));
    }

    @Test
    void a_picture_that_never_left_does_not_make_audio_come_twice() {
        Scene scene = new Scene().in(ConversationState.READY);
        scene.audio(3200);
        scene.post(shown("a"));
        scene.audio(1600);
        scene.dial().carries = 1;
        scene.upstream(new LiveEvent.GoAway(Duration.ofSeconds(5)));
        scene.upstream(new LiveEvent.Ready());
        assertEquals(2, scene.dials.size());
        assertEquals(List.of("audio 1600"), scene.dial().sent);
    }

    @Test
    void what_is_shown_during_a_hand_over_waits_for_the_next_connection() {
        Scene scene = new Scene().in(ConversationState.READY);
        Scene.Dial left = scene.dial();
        left.answersClose = false;
        scene.upstream(new LiveEvent.GoAway(Duration.ofSeconds(5)));
        scene.post(shown("a"));
        left.hears(new LiveEvent.Closed(FailureKind.NORMAL, "As asked.", 1000, ""));
        scene.upstream(new LiveEvent.Ready());
        assertEquals(List.of(), sent(left));
        assertEquals(List.of("picture a"), sent(scene.dial()));
    }

    @Test
    void a_model_that_takes_none_is_named_as_the_reason_once() {
        Scene scene = new Scene().in(ConversationState.READY, Scene.CAPTIONS);
        assertEquals(false, scene.told(ClientEvent.Ready.class).get(0).pictures());
        scene.post(shown("a"));
        scene.post(shown("b"));
        assertEquals(List.of(), sent(scene.dial()));
        List<ClientEvent.Problem> problems = scene.told(ClientEvent.Problem.class);
        assertEquals(1, problems.size());
        assertTrue(problems.get(0).message().contains("takes no pictures"), problems::toString);
        assertEquals(2, ended(scene).picturesDropped());
    }

    @Test
    void a_client_that_begins_with_a_picture_gets_a_conversation() {
        Scene scene = new Scene();
        scene.post(shown("a"));
        scene.grant();
        scene.upstream(new LiveEvent.Ready());
        assertEquals(List.of("picture a"), sent(scene.dial()));
        assertTrue(scene.told(ClientEvent.Ready.class).get(0).pictures());
    }
}
