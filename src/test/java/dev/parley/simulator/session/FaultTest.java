package dev.parley.simulator.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.shared.socket.CloseReasons;
import dev.parley.simulator.protocol.Refusal;
import dev.parley.simulator.protocol.WireFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Faults on request: by text, by a line of the system instruction, by the key. */
class FaultTest {
    private static final String SETUP = "{'setup':{'model':'models/gemini-3.8-live'}}";

    @ParameterizedTest
    @EnumSource(WireFault.class)
    void every_close_of_google_can_be_asked_for_in_three_ways(WireFault fault) {
        Refusal refusal = fault.refusal();
        String expected = refusal.code() + " " + CloseReasons.fit(refusal.reason());

        SessionRig byText = SessionRig.live("");
        byText.text("/simulate " + fault.word());
        assertEquals(expected, byText.closed());

        SessionRig byKey = new SessionRig("simulate:" + fault.word(), "v1beta");
        byKey.send(SETUP);
        assertEquals(expected, byKey.closed());
        assertEquals(List.of(), byKey.frames, "before setupComplete");

        SessionRig byInstruction = new SessionRig();
        byInstruction.send("{'setup':{'model':'gemini-3.8-live','systemInstruction':{'parts':[{'text':'Be brief.\\n"
                + "/simulate after 3 " + fault.word() + "'}]}}}");
        byInstruction.advance(2900);
        assertEquals("null ", byInstruction.closed());
        byInstruction.advance(200);
        assertEquals(expected, byInstruction.closed());
    }

    @Test
    void any_close_code_and_the_bare_end_can_be_asked_for() {
        SessionRig rig = SessionRig.live("");
        rig.text("/simulate close 4321 because I say so");
        assertEquals("4321 because I say so", rig.closed());
        SessionRig dropped = SessionRig.live("");
        dropped.text("/simulate drop");
        assertEquals("1000 ", dropped.closed());
    }

    @Test
    void a_close_code_that_cannot_be_sent_is_explained() {
        for (String code : List.of("7", "999", "1005", "1006", "2000", "5000", "999999")) {
            SessionRig rig = SessionRig.live("");
            rig.text("/simulate close " + code);
            rig.advance(60_000);
            assertEquals("null ", rig.closed());
            assertTrue(rig.words("outputTranscription").contains("close CODE [REASON]"), code);
        }
    }

    @Test
    void goaway_comes_with_its_time_and_then_the_close() {
        SessionRig rig = SessionRig.live("");
        rig.text("/simulate goaway 5");
        assertEquals("{\"goAway\":{\"timeLeft\":\"5s\"}}", rig.last("goAway").toString());
        rig.advance(4900);
        assertEquals("null ", rig.closed());
        rig.advance(200);
        assertTrue(rig.closed().startsWith("1008 Connection aborted because the client failed"), rig.closed());
    }

    @Test
    void without_request_goaway_comes_after_nine_minutes() {
        SessionRig rig = SessionRig.live("");
        rig.advance(539_000);
        assertFalse(rig.story().contains("goAway"));
        rig.advance(2000);
        assertEquals("50s", rig.last("goAway").getJsonObject("goAway").getString("timeLeft"));
        rig.advance(50_000);
        assertEquals(1008, rig.closeCode);
    }

    @Test
    void a_stall_holds_everything_back_and_nothing_is_lost() {
        SessionRig rig = SessionRig.live("");
        rig.text("/simulate stall 10");
        rig.text("one two three");
        rig.advance(9900);
        assertEquals(List.of("setupComplete"), rig.story());
        rig.advance(20_000);
        assertEquals(List.of("setupComplete", "audio", "generationComplete", "turnComplete"), rig.plainStory());
    }

    @Test
    void silence_leaves_turns_unanswered() {
        SessionRig rig = SessionRig.live("");
        rig.text("/simulate silence 2");
        rig.text("one");
        rig.text("two");
        rig.advance(20_000);
        assertEquals(List.of("setupComplete"), rig.story());
        rig.text("three");
        rig.advance(20_000);
        assertTrue(rig.words("outputTranscription").startsWith("Turn 3: you wrote \"three\""));
    }

    @Test
    void answers_can_be_late_or_end_oddly() {
        SessionRig rig = SessionRig.live("");
        rig.text("/simulate delay 3");
        rig.text("/simulate late-transcripts");
        rig.text("/simulate no-turn-complete");
        rig.text("one");
        rig.advance(2900);
        assertEquals(List.of("setupComplete"), rig.story());
        rig.advance(30_000);
        assertEquals(List.of("setupComplete", "audio", "outputTranscription", "generationComplete"), rig.story());
        rig.text("two");
        rig.advance(30_000);
        assertTrue(rig.story().contains("turnComplete"));
    }

    @Test
    void the_setup_can_be_late_or_never_come() {
        SessionRig late = new SessionRig("simulate:delay-setup:4;goaway:9", "v1beta");
        late.send(SETUP);
        late.advance(3900);
        assertEquals(List.of(), late.frames);
        late.advance(200);
        assertEquals(List.of("setupComplete", "goAway"), late.story());

        SessionRig early = new SessionRig("simulate:delay-setup:4", "v1beta");
        early.send(SETUP);
        early.text("cannot wait");
        assertEquals("1007 Request contains an invalid argument.", early.closed());

        SessionRig never = new SessionRig("simulate:no-setup", "v1beta");
        never.send(SETUP);
        never.advance(61_000);
        assertEquals(List.of(), never.frames);
        assertEquals(1011, never.closeCode);
    }

    @Test
    void odd_frames_can_be_asked_for() {
        SessionRig rig = SessionRig.live("");
        rig.text("/simulate text-frames");
        rig.text("/simulate unknown-frame");
        rig.text("/simulate garbage");
        rig.text("/simulate interrupted");
        rig.text("/simulate binary-frames");
        rig.text("/simulate big-frame 200");
        assertEquals("{\"futureThing\":{\"value\":1}}", rig.frames.get(1));
        assertEquals(List.of(true, false, false, false, true), rig.binary);
        assertTrue(rig.frames.get(3).contains("interrupted"));
        assertTrue(rig.frames.get(4).length() > 200 * 1024);
        assertEquals("null ", rig.closed());
    }

    @Test
    void pending_calls_can_be_cancelled() {
        SessionRig rig = SessionRig.live(",'tools':[{'functionDeclarations':[{'name':'weather'}]}]");
        rig.text("call weather");
        rig.text("/simulate cancel-tools");
        assertEquals(
                "[\"function-call-1\"]",
                rig.last("toolCallCancellation")
                        .getJsonObject("toolCallCancellation")
                        .getJsonArray("ids")
                        .toString());
    }

    @Test
    void an_answer_can_be_cut_without_a_reason() {
        SessionRig rig = SessionRig.live("");
        rig.text("one two three four five");
        rig.text("/simulate interrupted");
        assertEquals(List.of("setupComplete", "audio", "interrupted", "turnComplete"), rig.plainStory());
    }

    @Test
    void what_it_does_not_know_it_explains() {
        SessionRig rig = SessionRig.live("");
        rig.text("/simulate earthquake");
        rig.advance(120_000);
        String words = rig.words("outputTranscription");
        for (WireFault fault : WireFault.values()) {
            assertTrue(words.contains(fault.word()), fault.word());
        }
        rig.text("/simulated is a word like any other");
        rig.advance(20_000);
        assertTrue(rig.words("outputTranscription").contains("you wrote \"/simulated is"));
    }

    @Test
    void content_can_carry_commands_too() {
        SessionRig rig = SessionRig.live("");
        rig.send(
                "{'clientContent':{'turns':[{'role':'user','parts':[{'text':'/simulate quota'}]}],'turnComplete':true}}");
        assertTrue(rig.closed().startsWith("1011 You exceeded your current quota"), rig.closed());
    }

    @Test
    void caption_offsets_can_have_fractions() {
        SessionRig rig = new SessionRig();
        rig.send("{'setup':{'model':'models/gemini-3.5-transcribe-live','realtimeInputConfig':"
                + "{'automaticActivityDetection':{'disabled':true}}}}");
        rig.text("/simulate fractions");
        rig.speak(new short[8000], false);
        rig.send("{'realtimeInput':{'activityStart':{}}}");
        assertEquals(
                "0.500s",
                rig.last("voiceActivity").getJsonObject("voiceActivity").getString("audioOffset"));
    }

    @Test
    void the_guide_names_every_fault() throws IOException {
        String guide = Files.readString(Path.of("docs/simulator.md"));
        SessionRig rig = SessionRig.live("");
        rig.text("/simulate help");
        rig.advance(120_000);
        String known = rig.words("outputTranscription");
        for (String entry : List.of(
                known.substring(known.indexOf(':') + 1, known.length() - 1).split(",", -1))) {
            String word = entry.strip().split(" ", -1)[0];
            assertTrue(guide.contains("`" + word), word + " is missing in docs/simulator.md");
        }
    }
}
