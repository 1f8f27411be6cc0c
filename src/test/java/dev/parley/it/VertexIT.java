package dev.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.it.stage.CorpusFile;
import dev.parley.it.stage.CutProxy;
import dev.parley.it.stage.Deployments;
import dev.parley.it.stage.Eventually;
import dev.parley.it.stage.ServerLog;
import dev.parley.it.stage.TestCaller;
import dev.parley.it.stage.Voice;
import dev.parley.testkit.AudioComparison;
import dev.parley.testkit.ScriptedTokenServer;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Vertex AI as the upstream by settings alone: the deployed WAR gets its tokens from a scripted token server with Google's
 * library, and shows them to its own simulator, which speaks as Vertex AI does and refuses tokens that are over.
 */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class VertexIT {
    private static final ScriptedTokenServer TOKENS = ScriptedTokenServer.start();
    private static final CutProxy UPSTREAM = new CutProxy(0);
    private static final int INLINE_BYTES = 100_000;

    /** Used for one dial, as good as over right afterwards. */
    private static final Duration BRIEF = Duration.ofSeconds(21);

    private static final Duration HOUR = Duration.ofHours(1);

    @ArquillianResource
    private URL url;

    private URI server;
    private ServerLog log;

    @Deployment(testable = false)
    static WebArchive parley() {
        TOKENS.lives(BRIEF, HOUR);
        return Deployments.talkingToVertex(
                URI.create("http://127.0.0.1:" + UPSTREAM.port()),
                TOKENS.credentialsFile(folder()),
                Map.of(
                        "parley.simulator.enabled", "always",
                        "parley.gemini.vertex.speech-signals", "true",
                        "parley.batch.inline-bytes", Integer.toString(INLINE_BYTES)));
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target", "it")), "vertex");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @BeforeEach
    void begin() {
        server = Deployments.address(url);
        UPSTREAM.forwardTo(url.getPort());
        TOKENS.lives(BRIEF, HOUR);
        log = new ServerLog();
    }

    @AfterEach
    void nothingSecretIsInTheLog() {
        assertFalse(log.text().contains("ya29"), log.text());
        assertFalse(log.text().contains("eyJ"), log.text());
        assertEquals(List.of(), log.faults());
    }

    @AfterAll
    static void close() {
        TOKENS.close();
        UPSTREAM.close();
    }

    private TestCaller ready() {
        return TestCaller.ready(server, "audio/pcm;rate=16000");
    }

    @Test
    void what_is_said_is_written_down_and_answered_with_itself() {
        short[] voice = CorpusFile.read("chrome-32k.webm").reference();
        try (TestCaller caller = ready()) {
            assertFalse(caller.events("ready").get(0).getBoolean("simulated"));
            caller.sendAudio(Voice.bytes(voice));
            caller.say("audioStreamEnd");
            caller.next("speechStart");
            caller.next("turnComplete");
            assertTrue(caller.text("inputTranscript").startsWith("[speech 0.2 s"), caller.text("inputTranscript"));
            assertTrue(caller.text("outputTranscript").contains("I heard you for"), caller.text("outputTranscript"));
            assertTrue(caller.events("speechEnd").size() == 1, caller.events()::toString);
            JsonObject usage = caller.events("usage").get(0);
            assertTrue(usage.toString().contains("AUDIO"), usage::toString);
            short[] heard = AudioComparison.samples(caller.awaitAudio(6 * 24_000 * 2));
            AudioComparison comparison = AudioComparison.of(heard, Voice.at(24_000, voice));
            assertTrue(comparison.correlation() > 0.99, comparison::toString);
        }
    }

    @Test
    void a_tool_is_called_and_its_answer_spoken_of() {
        try (TestCaller caller = ready()) {
            caller.type("call current_time {}");
            caller.next("tool", event -> event.getString("state").equals("done"));
            Eventually.holds("the model speaks of the answer", () -> caller.text("outputTranscript")
                    .contains("current_time"));
        }
    }

    @Test
    void a_session_goes_on_with_another_token_when_the_first_is_over() {
        try (TestCaller caller = ready()) {
            caller.type("One");
            caller.next("turnComplete");
            int before = TOKENS.issued().size();
            caller.type("/simulate goaway 5");
            assertEquals(0, caller.next("resumed").getInt("audioLostMillis"));
            assertEquals(before + 1, TOKENS.issued().size());
            caller.type("Two");
            caller.next("turnComplete");
            assertTrue(
                    caller.text("outputTranscript").contains("Turn 2:"), "the same session, though not the same token");
        }
    }

    @Test
    void a_token_that_vertex_takes_no_more_is_replaced_at_once() {
        int former = TOKENS.issued().size();
        TOKENS.lives(HOUR, Duration.ofSeconds(2)); // as after a revocation: Parley cannot know
        try (TestCaller caller = signedInAfter(former)) {
            TOKENS.lives(BRIEF, HOUR);
            caller.type("word ".repeat(40));
            caller.next("turnComplete"); // takes longer than the token holds
            int before = TOKENS.issued().size();
            caller.type("/simulate close 1011");
            caller.next("resumed");
            assertEquals(before + 1, TOKENS.issued().size());
            caller.type("Still there?");
            caller.next("turnComplete");
        }
    }

    /** A conversation with a token that was given after the first so many, whoever asked for it. */
    private TestCaller signedInAfter(int former) {
        return Eventually.get("a new token", () -> {
            TestCaller caller = ready();
            if (TOKENS.issued().size() > former) {
                return caller;
            }
            caller.close();
            return null;
        });
    }

    @Test
    void a_recording_goes_in_the_request_as_there_are_no_uploads() throws Exception {
        byte[] webm = CorpusFile.read("chrome-32k.webm").bytes();
        assertTrue(webm.length < INLINE_BYTES);
        HttpResponse<String> answer = post("audio/webm;codecs=opus", webm);
        assertEquals(200, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains("The recording is Ogg"), answer.body());

        HttpResponse<String> tooLarge = post("audio/wav", wav(INLINE_BYTES));
        assertEquals(413, tooLarge.statusCode(), tooLarge.body());
        assertTrue(tooLarge.body().contains("Vertex AI takes no uploads"), tooLarge.body());
    }

    private static byte[] wav(int bytes) throws IOException {
        AudioFormat format = new AudioFormat(16_000, 16, 1, true, false);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AudioSystem.write(
                new AudioInputStream(new ByteArrayInputStream(new byte[bytes]), format, bytes / 2),
                AudioFileFormat.Type.WAVE,
                out);
        return out.toByteArray();
    }

    private HttpResponse<String> post(String type, byte[] body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/audio-stream"))
                .header("Content-Type", type)
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request, BodyHandlers.ofString());
    }
}
