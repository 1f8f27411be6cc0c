package dev.parley.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.conversation.event.ClientEvent;
import dev.parley.conversation.event.ConversationState;
import dev.parley.conversation.input.Input;
import dev.parley.gemini.live.LiveEvent;
import dev.parley.shared.failure.FailureKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A server that is to be free of conversations: nobody comes in, those who talk are told, and are ended in the end. */
class RetiringTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Scene scene = new Scene();
    private final ConversationRegistry registry = new ConversationRegistry(scene.services, 2);

    private Visit talking() {
        Visit visit = registry.open(scene, Optional.empty());
        visit.post(new Input.Start(Scene.PCM));
        scene.settle();
        scene.grant();
        scene.upstream(new LiveEvent.Ready());
        assertEquals(ConversationState.READY, visit.state());
        scene.told.clear();
        return visit;
    }

    private List<Duration> timeLeft() {
        return scene.told.stream()
                .filter(ClientEvent.TimeLeft.class::isInstance)
                .map(event -> ((ClientEvent.TimeLeft) event).left())
                .toList();
    }

    @Test
    void who_talks_is_told_and_goes_on_until_the_end_is_brought_about() {
        Visit visit = talking();
        registry.retire(PATIENCE);
        scene.settle();
        assertTrue(registry.isDraining() && scene.draining);
        assertEquals(ConversationState.READY, visit.state());
        ClientEvent.Problem notice = (ClientEvent.Problem) scene.told.get(0);
        assertEquals(FailureKind.DRAINING, notice.kind());
        assertTrue(notice.message().contains("30 seconds"), notice.message());
        assertEquals(List.of(PATIENCE), timeLeft());
        registry.endAll();
        scene.settle();
        assertEquals(FailureKind.DRAINING, scene.endKind);
        assertTrue(registry.open().isEmpty());
    }

    @Test
    void who_comes_meanwhile_is_turned_away() {
        registry.retire(PATIENCE);
        registry.open(scene, Optional.empty());
        scene.settle();
        assertEquals(FailureKind.DRAINING, scene.endKind);
    }

    @Test
    void a_server_that_stays_lets_people_in_and_tells_the_true_end() {
        Visit visit = talking();
        registry.retire(PATIENCE);
        scene.settle();
        registry.stay();
        scene.settle();
        assertFalse(registry.isDraining() || scene.draining);
        assertEquals(List.of(PATIENCE, Scene.SESSION), timeLeft());
        assertEquals(ConversationState.READY, visit.state());
    }

    @Test
    void a_time_limit_that_comes_first_is_what_is_told() {
        talking();
        registry.retire(Duration.ofHours(1));
        scene.settle();
        assertEquals(List.of(Scene.SESSION), timeLeft());
    }

    @Test
    void a_server_that_was_suspended_meanwhile_keeps_to_what_its_operator_wants() {
        registry.retire(PATIENCE);
        registry.drain();
        registry.accept();
        assertTrue(registry.isDraining() && scene.draining);
        registry.drain();
        registry.stay();
        assertTrue(registry.isDraining() && scene.draining);
        registry.accept();
        assertFalse(registry.isDraining() || scene.draining);
    }

    @Test
    void nobody_is_told_of_a_limit_that_does_not_run_yet() {
        registry.open(scene, Optional.empty());
        registry.retire(PATIENCE);
        registry.stay();
        scene.settle();
        assertEquals(List.of(PATIENCE), timeLeft());
    }
}
