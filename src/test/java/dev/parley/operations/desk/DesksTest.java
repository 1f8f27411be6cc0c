package dev.parley.operations.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.conversation.event.ClientChannel;
import dev.parley.conversation.event.ClientEvent;
import dev.parley.operations.OperationsRoom;
import dev.parley.operations.Staffed;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DesksTest {
    private final OperationsRoom room = new OperationsRoom();
    private final Person person = new Person();

    /** Writes down how it was sent away. */
    private static final class Person implements ClientChannel {
        final List<ClientEvent> told = new ArrayList<>();
        final List<String> ends = new ArrayList<>();

        @Override
        public void tell(ClientEvent event) {
            told.add(event);
        }

        @Override
        public boolean play(ByteBuffer pcm) {
            throw new AssertionError("nobody speaks");
        }

        @Override
        public void dropAudio() {
            throw new AssertionError("nobody speaks");
        }

        @Override
        public void end(FailureKind kind, String reason) {
            ends.add(kind + " " + reason);
        }
    }

    @AfterEach
    void close() {
        room.close();
    }

    private String connect() {
        room.registry.open(person, Optional.empty());
        return room.registry.open().iterator().next().id();
    }

    @Test
    void a_conversation_is_ended_with_the_operators_words() {
        String id = connect();
        assertTrue(room.conversations.end(id, " Back at\nnoon ", "ada"));
        assertEquals(List.of("NORMAL The operator of this server ended the conversation: Back at noon"), person.ends);
        assertFalse(room.conversations.end(id, "", "ada"));
        ParleyException tooLong =
                assertThrows(ParleyException.class, () -> room.conversations.end(id, "x".repeat(201), "ada"));
        assertEquals(FailureKind.BAD_MESSAGE, tooLong.kind());
    }

    @Test
    void without_words_the_person_is_told_who_it_was() {
        room.conversations.end(connect(), "", "ada");
        assertEquals(List.of("NORMAL The operator of this server ended the conversation."), person.ends);
    }

    @Test
    void limits_are_changed_together_or_not_at_all() {
        LimitsView before = room.limits.limits();
        assertFalse(before.changed());
        ParleyException refused = assertThrows(
                ParleyException.class,
                () -> room.limits.change(Map.of("sessionsPerKey", 9L, "waitingRoom", -1L), "ada"));
        assertTrue(refused.getMessage().contains("parley.limits.waiting-room"), refused.getMessage());
        assertEquals(before, room.limits.limits());
        assertThrows(ParleyException.class, () -> room.limits.change(Map.of("nothing", 1L), "ada"));
        LimitsView after = room.limits.change(Map.of("sessionsPerKey", 9L, "waitingTimeSeconds", 30L), "ada");
        assertEquals(9, after.sessionsPerKey());
        assertEquals(30, after.waitingTimeSeconds());
        assertTrue(after.changed());
        assertEquals(9, room.admission.limits().sessionsPerKey());
        assertFalse(room.limits
                .change(Map.of("sessionsPerKey", 3L, "waitingTimeSeconds", 120L), "ada")
                .changed());
    }

    @Test
    void a_drain_gives_those_who_talk_their_time_and_then_ends_them() {
        connect();
        DrainView begun = room.drain.drain("ada");
        assertEquals(new DrainView(true, true, 30, 1), begun);
        assertEquals(FailureKind.DRAINING, ((ClientEvent.Problem) person.told.get(0)).kind());
        room.time.advance(Duration.ofSeconds(10));
        assertEquals(20, room.drain.drain("ada").endsInSeconds());
        assertEquals(List.of(), person.ends);
        room.time.advance(Duration.ofSeconds(20));
        assertTrue(person.ends.get(0).startsWith("DRAINING"), person.ends.toString());
        assertEquals(new DrainView(true, true, 0, 0), room.drain.state());
        assertEquals(new DrainView(false, false, 0, 0), room.drain.undrain("ada"));
    }

    @Test
    void a_drain_that_is_called_off_ends_nobody() {
        connect();
        room.drain.drain("ada");
        room.drain.undrain("ada");
        room.drain.undrain("ada");
        room.time.advance(Duration.ofMinutes(2));
        assertEquals(List.of(), person.ends);
        assertFalse(room.admission.isDraining());
    }

    @Test
    void keys_are_told_by_name_with_their_health() {
        assertEquals("unused", room.keys.keys().get(0).health());
        room.board.observe(Staffed.ended(
                "c1", room.time.instant(), FailureKind.UPSTREAM_REFUSED, "Gemini does not accept it.", "simulator"));
        KeyView key = room.keys.keys().get(0);
        assertEquals("refused", key.health());
        assertEquals("Gemini does not accept it.", key.why());
    }

    @Test
    void a_key_whose_minute_is_spent_says_until_when() {
        room.board.accepted("simulator", room.time.instant());
        room.admission.spend().recordUsage(5_000_000);
        KeyView key = room.keys.keys().get(0);
        assertEquals("quota", key.health());
        assertFalse(key.until().isEmpty());
    }
}
