package dev.parley.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.conversation.event.ClientEvent;
import dev.parley.testkit.ScriptedSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Hand-overs on the real wire, counted at the other end of it. */
class HandOverWireTest {
    private static final Duration SET_UP = Duration.ofMillis(100);
    private static final int MOST_REPEATED_UNITS = 300 * NumberedAudio.UNITS_PER_MILLI;

    /** One connection of the conversation, and whether its end was planned. */
    private record Carried(ScriptedSession session, boolean planned) {}

    private interface End {
        void happen(ScriptedSession session);
    }

    private record Act(boolean planned, End end) {}

    private static final List<Act> ACTS = List.of(
            new Act(true, session -> session.sendGoAway(60)),
            new Act(false, session -> session.close(1011, "Internal error encountered.")),
            new Act(false, ScriptedSession::kill),
            new Act(true, session -> session.sendGoAway(5)),
            new Act(false, session -> session.close(1000, "")),
            new Act(true, session -> {
                session.sendOutputTranscript("On my way");
                session.sendGoAway(60);
                session.sendTurnComplete();
            }),
            new Act(false, session -> session.close(1008, "The operation was aborted.")));

    @Test
    void every_unit_arrives_and_only_a_sudden_death_repeats() throws InterruptedException {
        List<Carried> carried = new ArrayList<>();
        long lostMillis = 0;
        try (WireRehearsal play = new WireRehearsal(SET_UP)) {
            play.next(ClientEvent.Ready.class);
            ScriptedSession session = play.server.nextSession();
            for (Act act : ACTS) {
                WireRehearsal.listen(session, 800);
                session.sendInputTranscript("word "); // proven: the next one is dialled at once
                act.end.happen(session);
                ClientEvent.Resumed resumed = (ClientEvent.Resumed)
                        play.next(ClientEvent.Resumed.class).event();
                lostMillis += resumed.lost().toMillis();
                carried.add(new Carried(session, act.planned));
                session = play.nextThatBegins();
                assertTrue(session.setup().getJsonObject("sessionResumption").containsKey("handle"));
            }
            play.stopTalking();
            carried.add(new Carried(session, true));
            int bytes = play.unitsSpoken() * 8 - firstUnit(session) * 8;
            session.awaitAudioBytes(bytes);
            assertContinuous(carried, play.unitsSpoken());
        }
        assertEquals(0, lostMillis);
    }

    private static int firstUnit(ScriptedSession session) {
        return NumberedAudio.units(session.awaitAudioBytes(640)).get(0);
    }

    private static void assertContinuous(List<Carried> carried, int spoken) {
        int expected = 0;
        boolean planned = true;
        for (Carried each : carried) {
            List<Integer> units = NumberedAudio.units(each.session.audio());
            int first = units.get(0);
            if (planned) {
                assertEquals(expected, first);
            } else { // what was written and what the peer had read before it died may differ
                assertTrue(first <= expected, "units " + expected + " to " + first + " are lost");
                assertTrue(expected - first <= MOST_REPEATED_UNITS, (expected - first) + " units came again");
            }
            for (int i = 0; i < units.size(); i++) {
                assertEquals(first + i, units.get(i));
            }
            expected = first + units.size();
            planned = each.planned;
        }
        assertEquals(spoken, expected);
    }

    @Test
    void an_expired_session_is_followed_by_a_new_one_that_is_told_what_was_said() {
        try (WireRehearsal play = new WireRehearsal(SET_UP)) {
            play.next(ClientEvent.Ready.class);
            ScriptedSession first = play.server.nextSession();
            first.sendInputTranscript("Who are you?");
            first.sendOutputTranscript("I am Parley.");
            first.sendTurnComplete();
            play.next(ClientEvent.TurnComplete.class);
            first.sendHandle("expired");
            WireRehearsal.listen(first, 400);
            first.close(1011, "Internal error encountered.");
            ScriptedSession refused = play.server.nextSession();
            assertEquals(1008, refused.awaitEnd().code());
            ScriptedSession fresh = play.server.nextSession();
            play.next(ClientEvent.Resumed.class);
            assertFalse(fresh.setup().getJsonObject("sessionResumption").containsKey("handle"));
            assertTrue(fresh.setup().getJsonObject("historyConfig").getBoolean("initialHistoryInClientContent"));
            List<ScriptedSession.Message> messages = fresh.awaitMessages(3);
            assertEquals(
                    "{\"clientContent\":{\"turnComplete\":true,\"turns\":["
                            + "{\"parts\":[{\"text\":\"Who are you?\"}],\"role\":\"user\"},"
                            + "{\"parts\":[{\"text\":\"I am Parley.\"}],\"role\":\"model\"}]}}",
                    messages.get(1).text(),
                    "before any audio");
            assertTrue(messages.get(2).audio().hasRemaining());
        }
    }
}
