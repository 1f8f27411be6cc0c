package dev.parley.simulator.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.shared.settings.Secret;
import dev.parley.simulator.protocol.ClientMessage.Dialect;
import dev.parley.simulator.session.Resumptions.Held;
import dev.parley.simulator.session.Resumptions.Owner;
import dev.parley.simulator.setup.Handshake;
import dev.parley.simulator.turn.ContextMeter.Snapshot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResumptionTest {
    private static final String NOT_FOUND = "1008 Requested entity was not found.";

    private final SessionRig first = SessionRig.live(",'sessionResumption':{}");

    @Test
    void J_a_session_goes_on_where_it_was() {
        first.text("one two three");
        first.advance(30_000);
        int context = first.last("usageMetadata").getJsonObject("usageMetadata").getInt("totalTokenCount");
        String handle = first.handle();
        first.text("/simulate goaway 5");
        first.session.disconnected();
        SessionRig second = resume(handle, "any-key");
        assertEquals(List.of("setupComplete", "sessionResumptionUpdate"), second.story());
        second.text("four");
        second.advance(30_000);
        assertTrue(second.words("outputTranscription").startsWith("Turn 2: you wrote \"four\""));
        assertEquals(
                context + 1,
                second.last("usageMetadata").getJsonObject("usageMetadata").getInt("promptTokenCount"));
    }

    @Test
    void on_vertex_the_project_goes_on_whatever_its_token_is_by_then() {
        SessionRig before = vertex(first, "ya29.first", "p", "");
        String handle = before.handle();
        before.session.disconnected();
        assertEquals(NOT_FOUND, vertex(before, "ya29.first", "other", handle).closed());
        assertEquals(
                List.of("setupComplete", "sessionResumptionUpdate"),
                vertex(before, "ya29.second", "p", handle).story());
    }

    private static SessionRig vertex(SessionRig world, String token, String project, String handle) {
        SessionRig rig = new SessionRig(
                world.time,
                new Handshake("v1beta1", Dialect.VERTEX, false, Optional.of(new Secret(token))),
                SessionLimits.DEFAULT,
                world.resumptions);
        rig.send("{'setup':{'model':'projects/" + project + "/locations/eu/publishers/google/models/gemini-3.8-live',"
                + "'sessionResumption':{'handle':'" + handle + "'}}}");
        return rig;
    }

    @Test
    void no_handle_is_given_while_an_answer_is_being_made() {
        first.text("one");
        assertTrue(first.last("sessionResumptionUpdate").toString().contains("\"resumable\":false"));
        first.advance(30_000);
        assertTrue(first.last("sessionResumptionUpdate").toString().contains("\"resumable\":true"));
    }

    @Test
    void unknown_expired_foreign_and_forgotten_handles_are_refused_alike() {
        String handle = first.handle();
        first.session.disconnected();
        assertEquals(NOT_FOUND, resume("nonsense", "any-key").closed());
        assertEquals(NOT_FOUND, resume(handle, "other-key").closed());
        first.time.advance(Duration.ofMinutes(121));
        assertEquals(NOT_FOUND, resume(handle, "any-key").closed());

        SessionRig third = SessionRig.live(",'sessionResumption':{}");
        String lost = third.handle();
        third.text("/simulate forget-handles");
        third.session.disconnected();
        SessionRig fourth = new SessionRig(
                third.time, SessionRig.handshake("any-key", "v1beta"), SessionLimits.DEFAULT, third.resumptions);
        fourth.send(String.format(SessionRig.SETUP, ",'sessionResumption':{'handle':'" + lost + "'}"));
        assertEquals(NOT_FOUND, fourth.closed());
    }

    @Test
    void the_old_connection_must_be_closed_but_its_close_may_arrive_a_little_later() {
        SessionRig early = resume(first.handle(), "any-key");
        assertEquals(List.of(), early.frames);
        first.session.disconnected();
        early.advance(1100);
        assertEquals(List.of("setupComplete", "sessionResumptionUpdate"), early.story());

        SessionRig greedy = resume(early.handle(), "any-key");
        greedy.advance(1100);
        assertEquals("1011 Internal error encountered.", greedy.closed());
    }

    @Test
    void handles_are_bounded_in_number() {
        Resumptions resumptions = new Resumptions(first.time);
        Owner owner = new Owner();
        Optional<Secret> credential = Optional.of(new Secret("k"));
        String oldest = resumptions.keep(new Held(Snapshot.NONE, owner), credential);
        for (int i = 0; i < 20_000; i++) {
            resumptions.keep(new Held(Snapshot.NONE, owner), credential);
        }
        assertEquals(5000, resumptions.size());
        org.junit.jupiter.api.Assertions.assertThrows(
                dev.parley.simulator.protocol.Refusal.class, () -> resumptions.find(oldest, credential));
    }

    private SessionRig resume(String handle, String key) {
        SessionRig rig = new SessionRig(
                first.time, SessionRig.handshake(key, "v1beta"), SessionLimits.DEFAULT, first.resumptions);
        rig.send(String.format(SessionRig.SETUP, ",'sessionResumption':{'handle':'" + handle + "'}"));
        return rig;
    }
}
