package dev.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.it.stage.CorpusFile;
import dev.parley.it.stage.Deployments;
import dev.parley.it.stage.ServerLog;
import dev.parley.it.stage.TestCaller;
import dev.parley.it.stage.TestCaller.Closing;
import dev.parley.testkit.AudioComparison;
import dev.parley.testkit.ScriptedLiveServer;
import dev.parley.testkit.ScriptedSession;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.URL;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionException;
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
 * Whatever a client sends, it is told what is wrong, and the server goes on: after each test it serves a good
 * conversation, and its log has no fault of its own and no key.
 */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class GarbageIT {
    private static final String WEBM = "audio/webm;codecs=opus";
    private static final int NORMAL = 1000;
    private static final int TOO_BIG = 1009;
    private static final int BAD_MESSAGE = 4400;
    private static final int TOO_LARGE = 4413;
    private static final int UNSUPPORTED_AUDIO = 4415;
    private static final ScriptedLiveServer UPSTREAM = ScriptedLiveServer.start();

    @ArquillianResource
    private URL url;

    private URI server = URI.create("http://127.0.0.1/");
    private ServerLog log = new ServerLog();

    @Deployment(testable = false)
    static WebArchive parley() {
        return Deployments.talkingTo(UPSTREAM.address(), Map.of("parley.browser.messages-per-second", "100000"));
    }

    @AfterAll
    static void close() {
        UPSTREAM.close();
    }

    @BeforeEach
    void begin() {
        server = Deployments.address(url);
        log = new ServerLog();
    }

    @AfterEach
    void the_server_still_serves_a_good_conversation() {
        CorpusFile file = CorpusFile.read("chrome-16k.webm");
        try (TestCaller caller = TestCaller.ready(server, WEBM)) {
            ScriptedSession upstream = lastSession();
            file.recordedChunks().forEach(caller::sendAudio);
            caller.say("audioStreamEnd");
            upstream.awaitMessage(message -> message.text().contains("audioStreamEnd"));
            AudioComparison heard =
                    AudioComparison.of(AudioComparison.samples(upstream.audio()), file.reference(), 320);
            assertTrue(heard.correlation() >= 0.99, heard::toString);
            upstream.sendOutputTranscript("Well understood.");
            upstream.sendTurnComplete();
            caller.next("turnComplete");
            caller.say("stop");
            assertEquals(NORMAL, caller.awaitClosing().code());
        }
        assertEquals(List.of(), log.faults());
        assertFalse(log.text().contains(Deployments.KEY), "the key is in the log");
    }

    @Test
    void random_bytes_are_no_recording() {
        Random random = new Random(2);
        for (int length : new int[] {1, 3, 100, 5_000, 100_000}) {
            byte[] noise = new byte[length];
            random.nextBytes(noise);
            try (TestCaller caller = TestCaller.ready(server, WEBM)) {
                caller.sendAudio(noise);
                endOf(caller, Set.of(UNSUPPORTED_AUDIO, NORMAL));
            }
        }
    }

    @Test
    void random_bytes_after_a_good_header_cost_the_stream_only() {
        byte[] recording = CorpusFile.read("chrome-32k.webm").bytes();
        byte[] noise = new byte[50_000];
        new Random(3).nextBytes(noise);
        try (TestCaller caller = TestCaller.ready(server, WEBM)) {
            caller.sendAudio(recording, 0, 400);
            caller.sendAudio(noise);
            endOf(caller, Set.of(UNSUPPORTED_AUDIO, NORMAL));
        }
    }

    @Test
    void a_truncated_recording_gives_what_it_has() {
        CorpusFile file = CorpusFile.read("chrome-32k.webm");
        short[] whole = file.reference();
        try (TestCaller caller = TestCaller.ready(server, WEBM)) {
            ScriptedSession upstream = lastSession();
            byte[] half = Arrays.copyOf(file.bytes(), file.bytes().length / 2);
            caller.sendAudio(half);
            caller.say("audioStreamEnd");
            upstream.awaitMessage(message -> message.text().contains("audioStreamEnd"));
            short[] heard = AudioComparison.samples(upstream.audio());
            assertTrue(
                    heard.length > whole.length * 0.4 && heard.length < whole.length * 0.6,
                    () -> heard.length + " of " + whole.length + " samples");
            AudioComparison comparison = AudioComparison.of(heard, Arrays.copyOf(whole, heard.length), 320);
            assertTrue(comparison.correlation() >= 0.99, comparison::toString);
        }
    }

    @Test
    void bit_flips_cost_packets_or_the_stream_never_more() {
        byte[] recording = CorpusFile.read("chrome-32k.webm").bytes();
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            byte[] damaged = recording.clone();
            for (int flips = 1 << (seed % 10); flips > 0; flips--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try (TestCaller caller = TestCaller.ready(server, WEBM)) {
                caller.sendAudio(damaged);
                endOf(caller, Set.of(UNSUPPORTED_AUDIO, NORMAL));
            }
        }
    }

    @Test
    void wrong_json_is_answered_with_an_error_and_the_conversation_goes_on() {
        try (TestCaller caller = TestCaller.connect(server)) {
            List<String> wrong = List.of(
                    "",
                    "{",
                    "[]",
                    "null",
                    "\"text\"",
                    "{\"type\":5}",
                    "{\"type\":\"start\",\"audio\":5}",
                    "{\"type\":\"text\",\"text\":{}}",
                    "{\"type\":\"no such type\"}");
            for (String text : wrong) {
                caller.sendText(text);
                JsonObject error = caller.next("error");
                assertEquals(BAD_MESSAGE, error.getInt("code"), () -> text + " → " + error);
                assertFalse(error.getString("message").isBlank());
            }
            caller.start(WEBM);
            caller.next("ready");
        }
    }

    @Test
    void a_client_that_sends_nothing_but_nonsense_is_closed() {
        try (TestCaller caller = TestCaller.connect(server)) {
            for (int i = 0; i < 120; i++) {
                sendUnlessClosed(caller, "{\"type\":\"nonsense " + i + "\"}");
            }
            assertEquals(BAD_MESSAGE, caller.awaitClosing().code());
        }
    }

    @Test
    void random_json_never_breaks_the_server() {
        String[] words = {
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\"type\"",
            "\"start\"",
            "\"text\"",
            "\"audio\"",
            "\"mimeType\"",
            "null",
            "true",
            "-1e999",
            "12",
            "\"\\u0000\"",
            "\"audio/webm\"",
            "\"activityEnd\"",
            "\"heard\"",
            "\"millis\""
        };
        Random random = new Random(5);
        for (int round = 0; round < 30; round++) {
            try (TestCaller caller = TestCaller.connect(server)) {
                for (int i = 0; i < 10; i++) {
                    StringBuilder text = new StringBuilder();
                    for (int length = random.nextInt(12); length >= 0; length--) {
                        text.append(words[random.nextInt(words.length)]);
                    }
                    sendUnlessClosed(caller, text.toString());
                }
            }
        }
    }

    @Test
    void messages_in_an_impossible_order_do_no_harm() {
        try (TestCaller caller = TestCaller.connect(server)) {
            caller.say("audioStreamEnd");
            caller.say("activityEnd");
            caller.start(WEBM);
            caller.next("ready");
            caller.start(WEBM);
            assertEquals(BAD_MESSAGE, caller.next("error").getInt("code"));
            caller.say("activityStart");
            assertEquals(BAD_MESSAGE, caller.next("error").getInt("code"));
            caller.sendAudio(new byte[0]);
            caller.say("audioStreamEnd");
            caller.say("audioStreamEnd");
            caller.say("stop");
            assertEquals(NORMAL, caller.awaitClosing().code());
        }
    }

    @Test
    void messages_that_are_too_large_are_refused() {
        try (TestCaller caller = TestCaller.ready(server, "audio/pcm;rate=48000")) {
            caller.sendAudio(new byte[1 << 20]);
            assertEquals(TOO_LARGE, caller.awaitClosing().code());
        }
        try (TestCaller caller = TestCaller.ready(server, "audio/pcm;rate=48000")) {
            try {
                caller.sendAudio(new byte[3 << 20]);
            } catch (CompletionException ignored) {
                // a server may close before it has read all of it
            }
            assertTrue(Set.of(TOO_BIG, TOO_LARGE).contains(caller.awaitClosing().code()));
        }
        try (TestCaller caller = TestCaller.ready(server, WEBM)) {
            caller.type("A".repeat(200_000));
            assertEquals(BAD_MESSAGE, caller.next("error").getInt("code"));
            caller.type("A".repeat(2 << 20));
            assertTrue(Set.of(TOO_BIG, TOO_LARGE).contains(caller.awaitClosing().code()));
        }
    }

    @Test
    void audio_before_start_gets_a_conversation_with_a_guessed_container() {
        CorpusFile file = CorpusFile.read("chrome-128k.webm");
        try (TestCaller caller = TestCaller.connect(server)) {
            file.recordedChunks().forEach(caller::sendAudio);
            caller.say("audioStreamEnd");
            caller.next("ready");
            ScriptedSession upstream = lastSession();
            upstream.awaitMessage(message -> message.text().contains("audioStreamEnd"));
            AudioComparison heard =
                    AudioComparison.of(AudioComparison.samples(upstream.audio()), file.reference(), 320);
            assertTrue(heard.correlation() >= 0.99, heard::toString);
        }
    }

    @Test
    void containers_that_cannot_be_decoded_live_are_refused_by_name() {
        for (String container : List.of("FLAC", "WAV")) {
            try (TestCaller caller = TestCaller.connect(server)) {
                caller.start("audio/" + container.toLowerCase(Locale.ROOT));
                Closing closing = endOf(caller, Set.of(UNSUPPORTED_AUDIO));
                assertTrue(closing.reason().contains(container), closing::toString);
            }
        }
        for (String name : List.of("voice-flac.flac", "voice-vorbis.ogg", "voice-m4a.m4a")) {
            try (TestCaller caller = TestCaller.connect(server)) {
                caller.sendAudio(CorpusFile.resource(name));
                endOf(caller, Set.of(UNSUPPORTED_AUDIO));
            }
        }
    }

    /** The upstream connection of the conversation that has just become ready. */
    private static ScriptedSession lastSession() {
        List<ScriptedSession> sessions = UPSTREAM.sessions();
        return sessions.get(sessions.size() - 1);
    }

    private static void sendUnlessClosed(TestCaller caller, String text) {
        try {
            caller.sendText(text);
        } catch (CompletionException ignored) {
            // the server has closed already, as it may
        }
    }

    /** Stops, waits for the end, and checks that its code is one of these and that a failure was explained. */
    private static Closing endOf(TestCaller caller, Set<Integer> codes) {
        sendUnlessClosed(caller, "{\"type\":\"stop\"}");
        Closing closing = caller.awaitClosing();
        assertTrue(codes.contains(closing.code()), closing::toString);
        JsonObject ended = caller.events("ended").get(0);
        assertEquals(closing.code(), ended.getInt("code"));
        assertFalse(ended.getString("reason").isBlank());
        return closing;
    }
}
