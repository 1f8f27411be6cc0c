package dev.parley.gemini.tyrus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.testkit.ChildJvm;
import dev.parley.testkit.ScriptedLiveServer;
import dev.parley.testkit.ScriptedSession;
import dev.parley.testkit.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over TLS, with the JVM's trust store as a person sets it: what is said and answered arrives byte for byte. */
class SecureSendingTest {
    private static final int PIECE_BYTES = 1280;
    private static final int PIECES = 4_000;
    private static final int ANSWER_BYTES = 960_000;

    @TempDir
    private Path folder;

    private Path said = Path.of("");
    private Path answered = Path.of("");

    @BeforeEach
    void files() {
        said = folder.resolve("said.pcm");
        answered = folder.resolve("answered.pcm");
    }

    @Test
    void four_thousand_pieces_and_a_long_answer_arrive_whole_and_in_order() throws IOException {
        byte[] pcm = new byte[PIECES * PIECE_BYTES];
        new Random(7).nextBytes(pcm);
        byte[] answer = new byte[ANSWER_BYTES];
        new Random(8).nextBytes(answer);
        Files.write(said, pcm);
        TestCertificate certificate = TestCertificate.in(folder);
        try (ScriptedLiveServer server =
                ScriptedLiveServer.start(certificate.server().getServerSocketFactory(), "https")) {
            server.script((session, message) -> answer(session, message, answer));
            call(certificate.jvmOptions(), server);

            ScriptedSession session = server.nextSession();
            assertEquals(
                    PIECES,
                    session.messages().stream()
                            .filter(message -> message.audio().hasRemaining())
                            .count());
            assertArrayEquals(pcm, session.audio());
            assertArrayEquals(answer, Files.readAllBytes(answered));
        }
    }

    @Test
    void without_it_in_the_trust_store_the_failure_says_what_to_do() throws IOException {
        Files.write(said, new byte[PIECE_BYTES]);
        TestCertificate certificate = TestCertificate.in(folder);
        TestCertificate other = TestCertificate.in(Files.createDirectory(folder.resolve("other")));
        try (ScriptedLiveServer server =
                ScriptedLiveServer.start(certificate.server().getServerSocketFactory(), "https")) {
            AssertionError failure = assertThrows(AssertionError.class, () -> call(other.jvmOptions(), server));
            assertTrue(failure.toString().contains("JVM's trust store"), failure::toString);
            assertEquals(List.of(), server.sessions());
        }
    }

    private void call(List<String> options, ScriptedLiveServer server) {
        ChildJvm.run(
                options,
                SecureCaller.class.getName(),
                server.address().toString(),
                said.toString(),
                answered.toString(),
                folder.resolve("words.txt").toString());
    }

    private static void answer(ScriptedSession session, ScriptedSession.Message message, byte[] answer) {
        ScriptedLiveServer.ANSWER_SETUP.received(session, message);
        if (message.text().contains("audioStreamEnd")) {
            int piece = ANSWER_BYTES / 100;
            for (int at = 0; at < answer.length; at += piece) {
                session.sendAudio(Arrays.copyOfRange(answer, at, at + piece));
            }
            session.sendTurnComplete();
        }
    }
}
