package dev.parley.simulator.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.testkit.AudioComparison;
import dev.parley.testkit.ManualExecutor;
import dev.parley.testkit.ManualTime;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever a client sends, the end is orderly and the memory bounded. */
class HostileClientTest {
    private static final Set<Integer> ORDERLY = Set.of(1000, 1007, 1008, 1009, 1011);
    private static final List<String> TOKENS = List.of(
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\"setup\"",
            "\"model\"",
            "\"models/gemini-3.8-live\"",
            "\"realtimeInput\"",
            "\"audio\"",
            "\"data\"",
            "\"mimeType\"",
            "\"audio/pcm\"",
            "\"tools\"",
            "\"functionDeclarations\"",
            "null",
            "true",
            "1e999999999",
            "-0",
            "\"\\ud800\"",
            "\"\"",
            "\"text\"",
            "\"call x {\"",
            "\"/simulate\"",
            "\"clientContent\"",
            "\"turns\"",
            "\"parts\"",
            "\"turnComplete\"",
            "\"toolResponse\"",
            "12345678901234567890");

    @Test
    void random_bytes_and_random_json_end_in_1007_or_leave_the_session_alive() {
        Random random = new Random(42);
        for (int i = 0; i < 2000; i++) {
            SessionRig rig = i % 2 == 0 ? new SessionRig() : SessionRig.live("");
            if (i % 3 == 0) {
                byte[] bytes = new byte[random.nextInt(200)];
                random.nextBytes(bytes);
                rig.session.receive(ByteBuffer.wrap(bytes));
            } else {
                StringBuilder json = new StringBuilder(i % 3 == 1 ? "" : "{\"realtimeInput\":");
                for (int n = random.nextInt(40); n > 0; n--) {
                    json.append(TOKENS.get(random.nextInt(TOKENS.size())));
                }
                rig.session.receive(json.toString());
            }
            rig.advance(100);
            assertTrue(rig.closeCode == null || rig.closeCode == 1007, rig.closed());
        }
    }

    @Test
    void valid_messages_with_one_thing_changed_never_make_an_internal_error() {
        List<String> seeds = List.of(
                String.format(
                        SessionRig.SETUP,
                        ",'tools':[{'functionDeclarations':[{'name':'f'}]}],"
                                + "'realtimeInputConfig':{'automaticActivityDetection':{'silenceDurationMs':500}},"
                                + "'sessionResumption':{'handle':''},'systemInstruction':{'parts':[{'text':'x'}]},"
                                + "'contextWindowCompression':{'triggerTokens':'1000','slidingWindow':{'targetTokens':5}}"),
                "{'clientContent':{'turns':[{'role':'user','parts':[{'text':'hello'},{'inlineData':{'mimeType':"
                        + "'image/png','data':'AAAA'}}]}],'turnComplete':true}}",
                "{'realtimeInput':{'audio':{'mimeType':'audio/pcm;rate=16000','data':'AAAAAAAA'},'text':'call f {}'}}",
                "{'toolResponse':{'functionResponses':[{'id':'function-call-1','name':'f','response':{},"
                        + "'scheduling':'SILENT'}]}}",
                "{'contextUpdate':{'systemInstruction':{'parts':[{'text':'x'}]},'tools':{'tools':[]}}}");
        String spice = "{}[]:,'0123456789truefalsn\\ -.eE\u0000\ud800";
        Random random = new Random(7);
        for (int i = 0; i < 2000; i++) {
            SessionRig rig = new SessionRig();
            rig.send(i % 5 == 0 ? seeds.get(0) : mutated(seeds.get(0), spice, random));
            rig.text("call f");
            for (String seed : seeds.subList(1, seeds.size())) {
                rig.send(random.nextBoolean() ? seed : mutated(seed, spice, random));
            }
            rig.advance(1000);
            assertTrue(rig.closeCode == null || ORDERLY.contains(rig.closeCode), rig.closed());
            assertNotEquals("1011 Internal error encountered.", rig.closed());
        }
    }

    @Test
    void nesting_without_end_is_refused_before_anyone_recurses() {
        SessionRig rig = SessionRig.live("");
        rig.session.receive("{\"toolResponse\":" + "[".repeat(1_000_000));
        assertEquals("1007 Invalid JSON payload received. Message too deep.", rig.closed());
    }

    @Test
    void lists_without_end_are_refused_before_anyone_keeps_them() {
        SessionRig rig = SessionRig.live("");
        rig.session.receive("{\"toolResponse\":[" + "1,".repeat(5_000_000) + "1]}");
        assertEquals("1007 Invalid JSON payload received. Too many elements.", rig.closed());
    }

    @Test
    void far_timers_are_bounded_and_do_not_hold_an_ended_session() {
        SessionRig rig = SessionRig.live("");
        for (int i = 0; i < 1000; i++) {
            rig.text("/simulate after 90000 quota");
        }
        assertTrue(rig.time.pending() <= 110, "timers: " + rig.time.pending());
        rig.session.disconnected();
        assertTrue(rig.time.pending() <= 2, "timers: " + rig.time.pending()); // the queue's own short one
    }

    @Test
    void what_is_held_back_in_a_stall_is_bounded() {
        SessionRig rig = SessionRig.live("");
        rig.text("/simulate stall 90000");
        for (int i = 0; i < 20; i++) {
            rig.text("/simulate big-frame 1000");
        }
        assertEquals(1011, rig.closeCode);
    }

    @Test
    void a_message_that_is_too_long_ends_in_1009() {
        SessionRig rig = SessionRig.live("");
        rig.session.receive("x".repeat(12 * 1024 * 1024 + 1));
        assertEquals("1009 Message too big", rig.closed());
    }

    @Test
    void a_picture_of_ten_megabytes_is_taken() {
        SessionRig rig = SessionRig.live("");
        rig.send("{'clientContent':{'turns':[{'role':'user','parts':[{'inlineData':{'mimeType':'image/png','data':'"
                + "A".repeat(10_000_000) + "'}},{'text':'look'}]}],'turnComplete':true}}");
        rig.advance(10_000);
        assertTrue(rig.words("outputTranscription")
                .startsWith("Turn 1: you wrote \"look\" (1 word, 4 characters). I was shown 1 picture."));
        assertNull(rig.closeCode);
    }

    @Test
    void a_flood_that_cannot_be_taken_in_time_ends_the_session() {
        ManualTime time = new ManualTime();
        ManualExecutor threads = new ManualExecutor();
        SessionRig rig = new SessionRig(); // only as the wire
        SimulatedSession session = new SimulatedSession(
                SessionRig.handshake("k", "v1"),
                rig,
                new Surroundings(time, time, threads, new Resumptions(time), SessionLimits.DEFAULT),
                () -> {});
        session.open();
        session.receive("{\"setup\":{\"model\":\"gemini-3.8-live\"}}");
        String frame = SessionRig.audio(new short[1600], "audio");
        for (int i = 0; i < 20_000; i++) { // 85 MB while nobody runs
            session.receive(frame);
        }
        threads.runAll();
        assertEquals("1011 Resource has been exhausted (e.g. check quota).", rig.closed());
    }

    @Test
    void a_client_that_does_not_read_holds_up_its_answer_and_is_let_go() {
        SessionRig rig = SessionRig.live("");
        rig.reads = false;
        rig.text("one two three four five six seven eight nine ten");
        rig.advance(5000);
        int sent = rig.frames.size();
        rig.advance(10_000);
        assertEquals(sent, rig.frames.size(), "one frame in flight, the rest waits");
        rig.advance(60_000);
        assertEquals(1011, rig.closeCode);
        assertEquals(1, rig.ended);
    }

    @Test
    void a_client_that_reads_late_gets_everything() {
        SessionRig rig = SessionRig.live("");
        rig.reads = false;
        rig.text("one two three four five six seven eight nine ten");
        rig.advance(15_000);
        rig.readAgain();
        rig.advance(15_000);
        assertEquals(List.of("setupComplete", "audio", "generationComplete", "turnComplete"), rig.plainStory());
        assertEquals(48 * 2400, rig.sound().length);
    }

    @Test
    void a_quarter_of_an_hour_of_speech_holds_little_memory() {
        short[] voice = AudioComparison.readWavResource("/corpus/chrome-128k.pcm16k.wav");
        ManualTime time = new ManualTime();
        SessionLimits limits = new SessionLimits(Duration.ofHours(3), Duration.ofSeconds(50), 1 << 20);
        SessionRig rig = new SessionRig(time, SessionRig.handshake("k", "v1"), limits);
        rig.send(String.format(SessionRig.SETUP, ",'contextWindowCompression':{'slidingWindow':{}}"));
        long before = usedMemory();
        for (int i = 0; i < 120; i++) { // 8.9 s each
            rig.speak(voice, false);
            rig.frames.clear();
            rig.binary.clear();
        }
        long grown = usedMemory() - before;
        assertNull(rig.closeCode, rig.closed());
        assertTrue(grown < 3_000_000, "grew by " + grown + " bytes");
        rig.advance(60_000);
        assertTrue(rig.time.pending() < 10, "timers: " + rig.time.pending());
    }

    @Test
    void an_ended_session_leaves_nothing_behind_and_hears_nothing() {
        SessionRig rig = SessionRig.live("");
        rig.text("one two three");
        rig.session.disconnected();
        int frames = rig.frames.size();
        rig.text("four");
        rig.advance(120_000);
        assertEquals(frames, rig.frames.size());
        assertEquals(1, rig.ended);
        assertEquals(0, rig.time.pending());
    }

    @Test
    void silent_connections_are_kept_alive() {
        SessionRig rig = SessionRig.live("");
        rig.advance(120_000);
        assertEquals(4, rig.pings);
    }

    private static String mutated(String seed, String spice, Random random) {
        StringBuilder changed = new StringBuilder(seed);
        int at = random.nextInt(changed.length());
        switch (random.nextInt(3)) {
            case 0 -> changed.setCharAt(at, spice.charAt(random.nextInt(spice.length())));
            case 1 -> changed.deleteCharAt(at);
            default -> changed.insert(at, spice.charAt(random.nextInt(spice.length())));
        }
        return changed.toString();
    }

    private static long usedMemory() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(
                    least,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }
}
