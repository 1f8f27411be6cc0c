package dev.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.it.stage.CorpusFile;
import dev.parley.it.stage.Deployments;
import dev.parley.it.stage.TestCaller;
import dev.parley.it.stage.Voice;
import dev.parley.testkit.AudioComparison;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Conversations as a browser has them, without a key: the simulator hears and answers. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class ConversationIT {
    private static final String WEBM = "audio/webm;codecs=opus";
    private static final int PLACES_IN_LINE = 20;

    /** A head with the length of its body, if it has one. */
    private static final Pattern ANSWER_HEAD =
            Pattern.compile("(?is)\\A(?=.*?content-length: *(\\d+)\\r\\n|).*?\\r\\n\\r\\n");

    @ArquillianResource
    private URL url;

    private URI server;

    @Deployment(testable = false)
    static WebArchive parley() {
        return Deployments.simulated(Map.of());
    }

    @BeforeEach
    void address() {
        server = Deployments.address(url);
    }

    @Test
    void a_spoken_sentence_is_transcribed_and_answered_aloud() {
        try (TestCaller caller = TestCaller.connect(server)) {
            caller.start(WEBM);
            JsonObject ready = caller.next("ready");
            assertFalse(ready.getString("conversation").isEmpty());
            assertEquals("gemini-3.8-live", ready.getString("model"));
            assertEquals("audio/pcm;rate=24000", ready.getJsonObject("output").getString("mimeType"));
            assertTrue(ready.getInt("endsInSeconds") > 890 && ready.getInt("endsInSeconds") <= 900, ready::toString);
            assertTrue(ready.getBoolean("simulated"));

            CorpusFile.read("chrome-32k.webm").recordedChunks().forEach(caller::sendAudio);
            caller.say("audioStreamEnd");
            caller.next("turnComplete");

            assertFalse(caller.text("inputTranscript").isBlank());
            assertFalse(caller.text("outputTranscript").isBlank());
            assertTrue(
                    Voice.loudness(AudioComparison.samples(caller.awaitAudio(24_000))) > 300, "the answer is silence");
            assertFalse(caller.events("usage").isEmpty());
        }
    }

    @Test
    void a_typed_text_is_answered_and_stop_ends_the_conversation() {
        try (TestCaller caller = TestCaller.ready(server, "audio/pcm;rate=16000")) {
            caller.type("Hello there");
            caller.next("turnComplete");
            assertFalse(caller.text("outputTranscript").isBlank());
            assertTrue(caller.audioBytes() > 0);

            caller.say("stop");
            assertFalse(caller.next("ended").getString("reason").isEmpty());
            assertEquals(1000, caller.awaitClosing().code());
        }
    }

    @Test
    void two_turns_are_numbered_apart() {
        try (TestCaller caller = TestCaller.ready(server, "audio/pcm;rate=16000")) {
            caller.type("One");
            int first = caller.next("turnComplete").getInt("turn");
            caller.type("Two");
            int second = caller.next("turnComplete").getInt("turn");
            assertEquals(first + 1, second);
        }
    }

    @Test
    void a_page_of_another_origin_is_refused() {
        CompletionException refused = assertThrows(
                CompletionException.class, () -> TestCaller.connect(server, Map.of("Origin", "https://evil.example")));
        assertTrue(
                refused.getCause() instanceof WebSocketHandshakeException handshake
                        && handshake.getResponse() != null
                        && handshake.getResponse().statusCode() == 403,
                refused::toString);
    }

    @Test
    void a_page_whose_name_was_made_to_lead_here_is_refused_and_told_what_would_allow_it() throws IOException {
        String answer = answerToHandshake("/ws/audio-live", "evil.example:8080", "http://evil.example:8080");
        assertTrue(answer.startsWith("HTTP/1.1 403 "), answer);
        assertTrue(answer.contains("parley.security.allowed-origins=http://evil.example:8080"), answer);
    }

    @Test
    void no_spelling_of_the_path_passes_the_origin_check() throws IOException {
        for (String path : List.of(
                "/ws/audio-liv%65",
                "//ws/audio-live",
                "/ws;a/audio-live",
                "/ws/google.x/../audio-live",
                "/ws/google.x/..;/audio-liv%65",
                "/ws/google.x/%2e%2e/audio-liv%65",
                "/ws/google.x;/audio-live")) {
            String answer = answerToHandshake(path, server.getAuthority(), "https://evil.example");
            assertTrue(answer.matches("(?s)HTTP/1\\.1 4\\d\\d .*"), path + ": " + answer);
        }
    }

    private String answerToHandshake(String path, String host, String origin) throws IOException {
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(20_000);
            String handshake = String.join(
                    "\r\n",
                    "GET " + path + " HTTP/1.1",
                    "Host: " + host,
                    "Origin: " + origin,
                    "Connection: close, Upgrade",
                    "Upgrade: websocket",
                    "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                    "",
                    "");
            socket.getOutputStream().write(handshake.getBytes(StandardCharsets.US_ASCII));
            StringBuilder answer = new StringBuilder();
            InputStream in = socket.getInputStream();
            while (!isWhole(answer)) {
                int next = in.read();
                if (next < 0) {
                    break;
                }
                answer.append((char) next);
            }
            return answer.toString();
        }
    }

    /** Not every server closes the connection after a refusal, and a whole answer says itself that it is. */
    private static boolean isWhole(CharSequence answer) {
        Matcher head = ANSWER_HEAD.matcher(answer);
        return head.find()
                && (head.group(1) == null
                        ? answer.toString().endsWith("\r\n0\r\n\r\n")
                        : answer.length() >= head.end() + Integer.parseInt(head.group(1)));
    }

    @Test
    void the_fourth_caller_waits_in_line_and_starts_by_itself() {
        List<TestCaller> callers = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                callers.add(TestCaller.ready(server, WEBM));
            }
            TestCaller fourth = started(callers);
            assertPlace(fourth.next("waiting"), 1);
            TestCaller fifth = started(callers);
            assertPlace(fifth.next("waiting"), 2);

            callers.get(0).say("stop");
            fourth.next("ready");
            assertPlace(fifth.next("waiting"), 1);
            callers.get(1).drop();
            fifth.next("ready");
            assertTrue(fourth.events("error").isEmpty());
        } finally {
            callers.forEach(TestCaller::close);
        }
    }

    @Test
    void whoever_finds_the_line_full_is_told_so() {
        List<TestCaller> callers = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                callers.add(TestCaller.ready(server, WEBM));
            }
            for (int place = 1; place <= PLACES_IN_LINE; place++) {
                assertPlace(started(callers).next("waiting"), place);
            }
            TestCaller tooLate = started(callers);
            JsonObject ended = tooLate.next("ended");
            assertEquals(4429, ended.getInt("code"));
            assertTrue(ended.getBoolean("retryable"), ended::toString);
            assertFalse(ended.getString("reason").isBlank());
            assertEquals(4429, tooLate.awaitClosing().code());

            // Who leaves the line makes room behind.
            callers.get(5).drop();
            assertPlace(callers.get(6).next("waiting"), 3);
        } finally {
            callers.forEach(TestCaller::close);
        }
    }

    private TestCaller started(List<TestCaller> callers) {
        TestCaller caller = TestCaller.connect(server);
        callers.add(caller);
        caller.start(WEBM);
        return caller;
    }

    private static void assertPlace(JsonObject waiting, int position) {
        assertEquals(position, waiting.getInt("position"), waiting::toString);
        assertEquals(position - 1, waiting.getInt("ahead"), waiting::toString);
    }
}
