package dev.parley.operations.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.operations.board.KeyEvidence.Health;
import dev.parley.operations.diagnostics.step.Step;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import dev.parley.testkit.AudioComparison;
import dev.parley.testkit.ScriptedLiveServer;
import dev.parley.testkit.TestCertificate;
import dev.parley.testkit.TlsTerminator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A diagnosis against an upstream that is well, and against one that fails at each step. */
class UpstreamDiagnosisTest {
    private static final String KEY_REFUSED = "{\"error\":{\"code\":400,\"message\":\"API key not valid.\","
            + "\"status\":\"INVALID_ARGUMENT\",\"details\":[{\"reason\":\"API_KEY_INVALID\"}]}}";
    private static final String LIVE_MODEL =
            "{\"name\":\"models/gemini-3.8-live\",\"supportedGenerationMethods\":[\"bidiGenerateContent\"]}";
    private static final List<String> UP_TO_MODEL = List.of(
            "slot passed", "address passed", "dns passed", "tcp passed", "tls skipped", "key passed", "model passed");

    private final ScriptedLiveServer gemini = ScriptedLiveServer.start()
            .rest(target -> ScriptedLiveServer.reply("200 OK", target.contains("?") ? "{\"models\":[]}" : LIVE_MODEL));

    @AfterEach
    void close() {
        gemini.close();
    }

    private static List<String> then(String... steps) {
        return Stream.concat(UP_TO_MODEL.stream(), Stream.of(steps)).toList();
    }

    private Step failedAt(String name, Diagnosis diagnosis, Ward ward) {
        Report report = ward.run(diagnosis);
        Step last = Ward.last(report);
        assertEquals("failed", report.verdict(), () -> Ward.verdicts(report).toString());
        assertEquals(name + " failed", last.name() + " " + last.verdict(), last.words());
        assertFalse(last.words().contains("AIza"), last.words());
        assertEquals(0, ward.admission.snapshot().held(), "the slot is given back");
        return last;
    }

    @Test
    void a_text_is_answered() {
        gemini.script((session, message) -> {
            ScriptedLiveServer.ANSWER_SETUP.received(session, message);
            if (message.text().contains("Say hello")) {
                session.sendOutputTranscript("Hello.");
                session.sendAudio(new byte[4800]);
                session.sendTurnComplete();
            }
        });
        try (Ward ward = Ward.talkingTo(gemini.address())) {
            Report report = ward.run(Diagnosis.TEXT);
            assertEquals(then("setup passed", "first-token passed", "first-audio passed"), Ward.verdicts(report));
            assertEquals("passed", report.verdict());
            assertEquals(Health.OK, ward.board.key("first").health());
            assertEquals(0, ward.admission.snapshot().held());
            assertEquals(report, ward.desk.last().orElseThrow());
        }
    }

    @Test
    void a_voice_reaches_gemini_as_it_was_recorded_and_is_answered() {
        gemini.script((session, message) -> {
            ScriptedLiveServer.ANSWER_SETUP.received(session, message);
            if (message.text().contains("audioStreamEnd")) {
                session.sendInputTranscript("The quick brown fox.");
                session.sendAudio(new byte[4800]);
            }
        });
        try (Ward ward = Ward.talkingTo(gemini.address())) {
            Report report = ward.run(Diagnosis.AUDIO);
            assertEquals(then("setup passed", "transcript passed", "first-audio passed"), Ward.verdicts(report));
            assertTrue(report.steps().get(8).words().contains("quick brown fox"));
            AudioComparison heard = AudioComparison.of(
                    AudioComparison.samples(gemini.nextSession().audio()),
                    AudioComparison.readWavResource("/corpus/chrome-32k.pcm16k.wav"),
                    320);
            assertTrue(heard.correlation() >= 0.99, heard::toString);
        }
    }

    @Test
    void without_a_free_slot_it_takes_nobodys_place() {
        try (Ward ward = Ward.talkingTo(gemini.address(), "parley.limits.sessions-per-key", "1")) {
            Holder holder = Holder.of(ward.admission);
            Report report = ward.run(Diagnosis.TEXT);
            assertEquals(List.of("slot failed"), Ward.verdicts(report));
            assertTrue(Ward.last(report).words().contains("All slots are taken"));
            assertEquals(0, ward.admission.snapshot().waiting());
            holder.lease().close();
            ward.admission.drain();
            assertTrue(failedAt("slot", Diagnosis.TEXT, ward).words().contains("drained"));
        }
    }

    @Test
    void a_simulator_that_does_not_know_where_it_is_is_told_apart() {
        try (Ward ward = new Ward()) {
            assertTrue(failedAt("address", Diagnosis.TEXT, ward).words().contains("parley.simulator.address"));
        }
    }

    @Test
    void a_name_that_nobody_knows() {
        String longerThanAnyName = "a".repeat(64) + ".example"; // RFC 1035 §2.3.4: refused here, asked of nobody
        try (Ward ward = Ward.talkingTo(URI.create("http://" + longerThanAnyName))) {
            assertTrue(failedAt("dns", Diagnosis.TEXT, ward).words().contains("parley.gemini.endpoint"));
        }
    }

    @Test
    void an_address_where_nothing_answers() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        try (Ward ward = Ward.talkingTo(URI.create("http://127.0.0.1:" + free))) {
            assertTrue(failedAt("tcp", Diagnosis.TEXT, ward).words().contains("firewall"));
        }
    }

    @Test
    void a_certificate_that_is_not_trusted(@TempDir Path folder) {
        try (TlsTerminator tls = TlsTerminator.start(TestCertificate.in(folder))) {
            tls.forwardTo(gemini.address().getPort());
            try (Ward ward = Ward.talkingTo(tls.address())) {
                assertTrue(failedAt("tls", Diagnosis.TEXT, ward).words().contains("trust store"));
            }
        }
    }

    @Test
    void a_server_that_speaks_no_tls() {
        try (Ward ward = Ward.talkingTo(
                URI.create("https://127.0.0.1:" + gemini.address().getPort()))) {
            assertTrue(failedAt("tls", Diagnosis.TEXT, ward).words().contains("TLS"));
        }
    }

    @Test
    void a_key_that_is_refused_is_seen_at_the_board_too() {
        gemini.rest(target -> ScriptedLiveServer.reply("400 Bad Request", KEY_REFUSED));
        try (Ward ward = Ward.talkingTo(gemini.address())) {
            assertTrue(failedAt("key", Diagnosis.TEXT, ward).words().contains("first"));
            assertEquals(Health.REFUSED, ward.board.key("first").health());
        }
    }

    @Test
    void a_quota_that_is_spent() {
        gemini.rest(target -> ScriptedLiveServer.reply("429 Too Many Requests", "{}"));
        try (Ward ward = Ward.talkingTo(gemini.address())) {
            failedAt("key", Diagnosis.TEXT, ward);
        }
    }

    @Test
    void a_model_that_there_is_not_or_that_holds_no_conversations() {
        gemini.rest(target -> target.contains("?")
                ? ScriptedLiveServer.reply("200 OK", "{}")
                : ScriptedLiveServer.reply(
                        "404 Not Found", "{\"error\":{\"code\":404,\"message\":\"models/x is not found\"}}"));
        try (Ward ward = Ward.talkingTo(gemini.address())) {
            assertTrue(failedAt("model", Diagnosis.TEXT, ward).words().contains("parley.gemini.model"));
            gemini.rest(target ->
                    ScriptedLiveServer.reply("200 OK", "{\"supportedGenerationMethods\":[\"generateContent\"]}"));
            assertTrue(failedAt("model", Diagnosis.TEXT, ward).words().contains("no live conversations"));
        }
    }

    @Test
    void a_server_without_a_list_of_models_is_judged_by_its_sessions() {
        gemini.rest(target -> ScriptedLiveServer.reply("404 Not Found", "{}"));
        gemini.script((session, message) -> session.close(1008, "API key not valid. Please pass a valid API key."));
        try (Ward ward = Ward.talkingTo(gemini.address())) {
            Step last = failedAt("setup", Diagnosis.TEXT, ward);
            assertTrue(last.words().contains("key"), last.words());
            List<String> verdicts = Ward.verdicts(ward.desk.last().orElseThrow());
            assertTrue(verdicts.containsAll(List.of("key skipped", "model skipped")), verdicts.toString());
        }
    }

    @Test
    void a_setup_without_an_answer() {
        gemini.script(ScriptedLiveServer.SILENT);
        try (Ward ward = Ward.talkingTo(gemini.address())) {
            assertTrue(failedAt("setup", Diagnosis.TEXT, ward).words().contains("gemini-3.8-live"));
        }
    }

    @Test
    void a_model_that_says_nothing() {
        try (Ward ward = Ward.talkingTo(gemini.address())) {
            failedAt("first-token", Diagnosis.TEXT, ward);
            failedAt("transcript", Diagnosis.AUDIO, ward);
        }
    }

    @Test
    void a_model_of_which_nothing_is_heard() {
        gemini.script((session, message) -> {
            ScriptedLiveServer.ANSWER_SETUP.received(session, message);
            if (message.text().contains("Say hello")) {
                session.sendOutputTranscript("Hello.");
            }
        });
        try (Ward ward = Ward.talkingTo(gemini.address())) {
            assertTrue(failedAt("first-audio", Diagnosis.TEXT, ward).words().contains("parley.gemini.voice"));
        }
    }

    @Test
    void a_connection_that_breaks_while_the_voice_speaks() {
        gemini.script((session, message) -> {
            ScriptedLiveServer.ANSWER_SETUP.received(session, message);
            if (message.audio().hasRemaining()) {
                session.close(1011, "Internal error encountered.");
            }
        });
        try (Ward ward = Ward.talkingTo(gemini.address())) {
            failedAt("transcript", Diagnosis.AUDIO, ward);
        }
    }

    @Test
    void one_at_a_time_and_it_can_be_given_up() throws Exception {
        try (Ward ward = Ward.talkingTo(gemini.address())) {
            CountDownLatch ready = new CountDownLatch(1);
            CompletableFuture<Report> first = CompletableFuture.supplyAsync(
                    () -> ward.run(Diagnosis.TEXT, step -> {
                        if (step.name().equals("setup")) {
                            ready.countDown();
                        }
                    }),
                    ward.threads.executor());
            assertTrue(ready.await(20, TimeUnit.SECONDS));
            assertEquals("running", ward.desk.last().orElseThrow().verdict());
            ParleyException busy =
                    assertThrows(ParleyException.class, () -> ward.desk.run(Diagnosis.TEXT, Map.of(), step -> {}));
            assertEquals(FailureKind.NO_CAPACITY, busy.kind());
            assertTrue(ward.desk.cancel());
            Report given = first.get(20, TimeUnit.SECONDS);
            assertEquals("cancelled", given.verdict());
            assertEquals("cancelled", Ward.last(given).verdict());
            assertEquals(0, ward.admission.snapshot().held());
            assertFalse(ward.desk.cancel());
        }
    }

    @Test
    void who_does_not_listen_any_more_ends_it() {
        try (Ward ward = Ward.talkingTo(gemini.address())) {
            Report report = ward.desk.run(Diagnosis.TEXT, Map.of(), step -> {
                if (step.name().equals("tcp")) {
                    throw new IllegalStateException("gone");
                }
            });
            assertEquals("cancelled", report.verdict());
            assertEquals(
                    "tls cancelled",
                    Ward.last(report).name() + " " + Ward.last(report).verdict());
        }
    }
}
