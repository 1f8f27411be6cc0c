package dev.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.it.stage.CorpusFile;
import dev.parley.it.stage.Deployments;
import dev.parley.it.stage.Eventually;
import dev.parley.it.stage.TestCaller;
import dev.parley.it.stage.Voice;
import dev.parley.it.stage.WorkerProcesses;
import dev.parley.testkit.AudioComparison;
import dev.parley.testkit.ScriptedLiveServer;
import dev.parley.testkit.ScriptedSession;
import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a browser records reaches Gemini as the same voice at 16 kHz, however it was cut on the way. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class CorpusIT {
    private static final List<String> RECORDINGS = List.of(
            "chrome-128k.webm",
            "chrome-32k.webm",
            "chrome-16k.webm",
            "firefox.webm",
            "voice-stereo-hybrid.webm",
            "firefox-ogg.ogg",
            "voice-opus.ogg",
            "chrome-mp4-opus.mp4");
    private static final int HUNDRED_MILLIS = 3200;
    private static final ScriptedLiveServer UPSTREAM =
            ScriptedLiveServer.start().script(ScriptedLiveServer.LISTEN);

    @ArquillianResource
    private URL url;

    @Deployment(testable = false)
    static WebArchive parley() {
        return Deployments.talkingTo(UPSTREAM.address(), Map.of("parley.browser.messages-per-second", "1000000"));
    }

    @AfterAll
    static void close() {
        UPSTREAM.close();
    }

    @Test
    void recordings_arrive_when_sent_in_the_chunks_of_the_browser() {
        for (String name : RECORDINGS) {
            CorpusFile file = CorpusFile.read(name);
            assertArrives(name, file.reference(), typeOf(name), file.recordedChunks());
        }
    }

    @Test
    void recordings_arrive_when_sent_byte_by_byte() {
        for (String name : RECORDINGS) {
            CorpusFile file = CorpusFile.read(name);
            assertArrives(name, file.reference(), typeOf(name), file.pieces(1));
        }
    }

    @Test
    void recordings_arrive_when_sent_in_one_piece() {
        for (String name : RECORDINGS) {
            CorpusFile file = CorpusFile.read(name);
            assertArrives(name, file.reference(), typeOf(name), List.of(file.bytes()));
        }
    }

    @Test
    void pcm_of_every_microphone_rate_arrives() {
        short[] voice = CorpusFile.read("chrome-128k.webm").reference();
        for (int rate : new int[] {16_000, 44_100, 48_000}) {
            byte[] pcm = Voice.bytes(Voice.at(rate, voice));
            String mimeType = "audio/pcm;rate=" + rate;
            assertArrives(mimeType, voice, mimeType, pieces(pcm, rate / 50 * 2));
            // Odd pieces: a sample may be cut in two.
            assertArrives(mimeType + " in odd pieces", voice, mimeType, pieces(pcm, 1001));
        }
    }

    @Test
    void a_second_stream_after_a_pause_of_the_microphone_arrives_as_well() {
        CorpusFile file = CorpusFile.read("chrome-16k.webm");
        try (TestCaller caller = TestCaller.ready(Deployments.address(url), "audio/webm;codecs=opus")) {
            ScriptedSession upstream = UPSTREAM.nextSession();
            byte[] first = speak(caller, upstream, file.recordedChunks(), 1);
            byte[] both = speak(caller, upstream, file.recordedChunks(), 2);
            assertSameVoice("first stream", first, file.reference());
            assertSameVoice("second stream", Arrays.copyOfRange(both, first.length, both.length), file.reference());
        }
    }

    @Test
    void aac_arrives_however_it_is_cut_and_what_follows_stays_behind_it() throws Exception {
        assumeTrue(WorkerProcesses.canRun(), "this build, or this platform, has no Humble Video");
        CorpusFile file = CorpusFile.read("voice-fragmented-aac.mp4");
        for (int piece : new int[] {1, 997, 4096}) {
            assertArrives(
                    "AAC in pieces of " + piece, file.reference(), "audio/mp4;codecs=mp4a.40.2", file.pieces(piece));
        }
        try (TestCaller caller = TestCaller.ready(Deployments.address(url), "audio/mp4")) {
            ScriptedSession upstream = UPSTREAM.nextSession();
            byte[] first = speak(caller, upstream, file.pieces(4096), 1);
            byte[] both = speak(caller, upstream, file.pieces(4096), 2);
            assertSameVoice("first stream", first, file.reference());
            assertSameVoice("second stream", Arrays.copyOfRange(both, first.length, both.length), file.reference());
        }
    }

    @Test
    void a_worker_that_is_killed_costs_its_conversation_and_the_next_one_works() throws Exception {
        assumeTrue(WorkerProcesses.canRun(), "this build, or this platform, has no Humble Video");
        CorpusFile file = CorpusFile.read("voice-fragmented-aac.mp4");
        try (TestCaller caller = TestCaller.ready(Deployments.address(url), "audio/mp4;codecs=mp4a.40.2")) {
            ScriptedSession upstream = UPSTREAM.nextSession();
            List<byte[]> pieces = file.pieces(997);
            pieces.subList(0, pieces.size() / 2).forEach(caller::sendAudio);
            Eventually.get("the first samples upstream", () -> upstream.audio().length > 0 ? true : null);
            assertTrue(WorkerProcesses.killAll() > 0, "no worker was found");
            assertEquals(4415, caller.awaitClosing().code());
        }
        assertArrives(
                "AAC after a worker was killed", file.reference(), "audio/mp4;codecs=mp4a.40.2", file.pieces(4096));
    }

    private static String typeOf(String name) {
        return "audio/" + name.substring(name.lastIndexOf('.') + 1) + ";codecs=opus";
    }

    private void assertArrives(String what, short[] reference, String mimeType, List<byte[]> pieces) {
        try (TestCaller caller = TestCaller.ready(Deployments.address(url), mimeType)) {
            ScriptedSession upstream = UPSTREAM.nextSession();
            assertSameVoice(what, speak(caller, upstream, pieces, 1), reference);
            for (ScriptedSession.Message message : upstream.messages()) {
                assertTrue(
                        message.audio().remaining() <= HUNDRED_MILLIS,
                        () -> what + ": a message of " + message.audio().remaining() + " bytes");
                if (message.audio().remaining() > 0) {
                    assertEquals(
                            "audio/pcm;rate=16000",
                            message.json()
                                    .getJsonObject("realtimeInput")
                                    .getJsonObject("audio")
                                    .getString("mimeType"));
                }
            }
            assertTrue(caller.events("error").isEmpty(), () -> what + ": " + caller.events("error"));
        }
    }

    /** Sends one stream and its end; answers all audio that had come upstream when the end did. */
    private static byte[] speak(TestCaller caller, ScriptedSession upstream, List<byte[]> pieces, int streams) {
        Consumer<byte[]> send = caller::sendAudio;
        pieces.forEach(send);
        caller.say("audioStreamEnd");
        return Eventually.get("the end of stream " + streams + " upstream", () -> {
            List<ScriptedSession.Message> messages = upstream.messages();
            long ends = messages.stream()
                    .filter(message -> message.text().contains("audioStreamEnd"))
                    .count();
            return ends >= streams ? upstream.audio() : null;
        });
    }

    private static void assertSameVoice(String what, byte[] pcm, short[] reference) {
        // A lag of 20 ms at most: the streams begin together, and some recordings are a tone that repeats itself.
        AudioComparison comparison = AudioComparison.of(AudioComparison.samples(pcm), reference, 320);
        assertTrue(comparison.correlation() >= 0.99, () -> what + ": " + comparison);
        assertTrue(Math.abs(comparison.lengthDifferenceMillis()) <= 20, () -> what + ": " + comparison);
    }

    private static List<byte[]> pieces(byte[] bytes, int size) {
        List<byte[]> pieces = new ArrayList<>();
        for (int offset = 0; offset < bytes.length; offset += size) {
            pieces.add(Arrays.copyOfRange(bytes, offset, Math.min(bytes.length, offset + size)));
        }
        return pieces;
    }
}
