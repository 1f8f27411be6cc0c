package dev.parley.operations.diagnostics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.operations.diagnostics.step.Step;
import dev.parley.testkit.ScriptedLiveServer;
import dev.parley.testkit.ScriptedSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The diagnosis of this server's own WebSocket, against a stand-in for it that fails at each step. */
class DoorDiagnosisTest {
    private static final List<String> IN =
            List.of("address passed", "dns passed", "tcp passed", "tls skipped", "door passed");

    private final ScriptedLiveServer door =
            ScriptedLiveServer.start().sendTextFrames().readNothing();
    private final ByteArrayOutputStream recording = new ByteArrayOutputStream();
    private Set<String> does = Set.of("ready", "transcript", "audio", "ended");

    @AfterEach
    void close() {
        door.close();
    }

    private Ward ward() {
        door.script((session, message) -> answer(session, message));
        return new Ward("parley.operations.address", door.address() + "/parley");
    }

    private void answer(ScriptedSession session, ScriptedSession.Message message) {
        String text = message.text();
        if (message.binary()) {
            byte[] bytes = new byte[message.audio().remaining()];
            message.audio().duplicate().get(bytes);
            recording.writeBytes(bytes);
        } else if (text.contains("\"start\"") && does.contains("waiting")) {
            session.send("{\"type\":\"waiting\",\"position\":1,\"ahead\":0}");
        } else if (text.contains("\"start\"") && does.contains("refused")) {
            session.send("{\"type\":\"ended\",\"reason\":\"Gemini does not accept the key.\"}");
        } else if (text.contains("\"start\"") && does.contains("ready")) {
            session.send("{\"type\":\"ready\",\"conversation\":\"c1\",\"model\":\"m1\"}");
        } else if (text.contains("audioStreamEnd")) {
            if (does.contains("transcript")) {
                session.send("{\"type\":\"inputTranscript\",\"text\":\"the quick brown fox\",\"turn\":1}");
            }
            if (does.contains("audio")) {
                session.sendBinary(new byte[960]);
            }
        } else if (text.contains("\"stop\"") && does.contains("ended")) {
            session.send("{\"type\":\"ended\",\"reason\":\"The conversation ended as asked.\"}");
        }
    }

    private Step failedAt(String name, Set<String> doing) {
        does = doing;
        try (Ward ward = ward()) {
            Report report = ward.run(Diagnosis.LIVE);
            Step last = Ward.last(report);
            assertEquals("failed", report.verdict());
            assertEquals(name + " failed", last.name() + " " + last.verdict(), last.words());
            return last;
        }
    }

    @Test
    void a_voice_goes_in_and_an_answer_comes_out() throws IOException {
        try (Ward ward = ward()) {
            Report report = ward.run(Diagnosis.LIVE);
            assertEquals(
                    Stream.concat(
                                    IN.stream(),
                                    Stream.of("setup passed", "transcript passed", "first-audio passed", "end passed"))
                            .toList(),
                    Ward.verdicts(report));
            ScriptedSession session = door.nextSession();
            assertEquals("/parley/ws/audio-live", session.target());
            assertArrayEquals(
                    Files.readAllBytes(Path.of("src/test/resources/corpus/chrome-32k.webm")), recording.toByteArray());
        }
    }

    @Test
    void the_identity_of_who_asks_goes_along() {
        try (Ward ward = ward()) {
            ward.desk.run(Diagnosis.LIVE, Map.of("Authorization", "Bearer me"), step -> {});
            assertEquals("Bearer me", door.nextSession().headers().get("authorization"));
        }
    }

    @Test
    void a_server_that_does_not_know_where_it_is() {
        try (Ward ward = new Ward()) {
            Report report = ward.run(Diagnosis.LIVE);
            assertEquals(List.of("address failed"), Ward.verdicts(report));
            assertTrue(Ward.last(report).words().contains("parley.operations.address"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"401 Unauthorized", "403 Forbidden", "404 Not Found", "502 Bad Gateway"})
    void a_door_that_is_shut(String status) {
        door.refuseUpgrades(status);
        Step last = failedAt("door", Set.of());
        assertTrue(last.words().contains(status.substring(0, 3)), last.words());
    }

    @Test
    void no_slot() {
        assertTrue(failedAt("setup", Set.of("waiting")).words().contains("All slots are taken"));
    }

    @Test
    void a_conversation_that_is_refused_says_why() {
        assertEquals(
                "Gemini does not accept the key.",
                failedAt("setup", Set.of("refused")).words());
    }

    @Test
    void a_voice_that_nobody_writes_down() {
        assertTrue(failedAt("transcript", Set.of("ready")).words().contains("\"audio\""));
    }

    @Test
    void an_answer_that_nobody_hears() {
        failedAt("first-audio", Set.of("ready", "transcript"));
    }
}
