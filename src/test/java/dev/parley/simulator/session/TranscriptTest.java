package dev.parley.simulator.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.simulator.sound.RateConverter;
import dev.parley.testkit.AudioComparison;
import jakarta.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The transcripts of conversations as they are seen at Google. */
class TranscriptTest {
    private static final short[] VOICE = AudioComparison.readWavResource("/corpus/chrome-128k.pcm16k.wav");
    private static final short[] SILENCE = new short[16_000];
    private static final List<String> ANSWER = List.of("audio", "generationComplete", "turnComplete");

    @Test
    void A_text_is_answered_in_sound_with_its_words() {
        SessionRig rig = SessionRig.live(",'sessionResumption':{}");
        assertEquals("{\"setupComplete\":{}}", rig.frames.get(0));
        assertEquals(List.of("setupComplete", "sessionResumptionUpdate"), rig.story());
        rig.text("Say hello.");
        rig.advance(60_000);
        assertEquals(
                List.of(
                        "setupComplete",
                        "sessionResumptionUpdate",
                        "audio",
                        "generationComplete",
                        "turnComplete",
                        "sessionResumptionUpdate"),
                rig.plainStory());
        assertTrue(rig.words("outputTranscription").contains("you wrote \"Say hello.\" (2 words, 10 characters)"));
        assertTrue(rig.words("outputTranscription").contains("simulator"));
        assertTrue(rig.frames.contains("{}"));
        assertFalse(rig.binary.contains(false), "JSON comes in binary frames");
        assertNull(rig.closeCode);
    }

    @Test
    void B_a_spoken_turn_is_noted_while_it_is_spoken_and_played_back() {
        SessionRig rig =
                SessionRig.live(",'realtimeInputConfig':{'automaticActivityDetection':" + "{'silenceDurationMs':800}}");
        rig.speak(VOICE, true);
        int noted = rig.words("inputTranscription").length();
        assertTrue(noted > 0);
        rig.speak(SILENCE, true);
        rig.advance(30_000);
        assertEquals(List.of("setupComplete", "audio", "generationComplete", "turnComplete"), rig.plainStory());
        short[] played = AudioComparison.samples(rig.sound());
        RateConverter converter = new RateConverter(24_000, 16_000);
        short[] back = converter.convert(played, 0, played.length);
        AudioComparison comparison = AudioComparison.of(back, VOICE);
        assertTrue(comparison.correlation() >= 0.99, comparison.toString());
        String words = rig.words("outputTranscription");
        assertTrue(
                words.matches(".*I heard you for 6\\.[34] s \\(level \u2212\\d+ dB, .*, pitch about \\d+ Hz\\).*"),
                words);
        assertTrue(words.endsWith("here is your own voice."), words);
    }

    @Test
    void B_the_first_note_comes_within_300_ms_of_the_voice() {
        SessionRig rig = SessionRig.live("");
        short[] said = Arrays.copyOfRange(VOICE, 6400, VOICE.length); // begins with the voice
        int millis = 0;
        while (rig.words("inputTranscription").isEmpty()) {
            rig.speak(Arrays.copyOfRange(said, millis * 16, (millis + 20) * 16), true);
            millis += 20;
        }
        assertTrue(millis <= 300, "after " + millis + " ms");
        assertTrue(rig.words("inputTranscription").matches("\\[speech 0\\.2 s, level \u2212\\d+ dB] "));
    }

    @Test
    void B_sound_is_sent_200_ms_at_once_and_then_twice_as_fast_as_it_is_spoken() {
        SessionRig rig = SessionRig.live("");
        rig.text("one two three four five six seven eight nine ten");
        assertEquals(200, rig.sound().length / 48);
        rig.advance(500);
        assertEquals(1200, rig.sound().length / 48);
        rig.advance(700);
        assertTrue(rig.story().contains("generationComplete"));
        assertFalse(rig.story().contains("turnComplete"), "it is still being heard");
        rig.advance(1200);
        assertTrue(rig.story().contains("turnComplete"));
    }

    @Test
    void B_transcripts_that_nobody_asked_for_are_not_sent() {
        SessionRig rig = new SessionRig();
        rig.send("{'setup':{'model':'models/gemini-3.8-live'}}");
        rig.speak(VOICE, true);
        rig.speak(SILENCE, true);
        rig.advance(30_000);
        assertEquals(List.of("setupComplete", "audio", "generationComplete", "turnComplete"), rig.story());
    }

    @Test
    void C_a_model_of_2024_answers_in_writing() {
        SessionRig rig = new SessionRig("k", "v1alpha");
        rig.send("{'setup':{'model':'models/gemini-2.0-flash-exp','generation_config':"
                + "{'response_modalities':['text']}}}");
        rig.send(
                "{'client_content':{'turns':[{'role':'user','parts':[{'text':'Hello there'}]}],'turn_complete':true}}");
        rig.advance(10_000);
        assertEquals(List.of("setupComplete", "text", "generationComplete", "turnComplete"), rig.story());
        assertTrue(rig.words("text").startsWith("Turn 1: you wrote \"Hello there\""));
        short[] spoken = Arrays.copyOf(VOICE, VOICE.length);
        for (int at = 0; at < spoken.length; at += 1600) {
            rig.session.receive(SessionRig.audio(
                    Arrays.copyOfRange(spoken, at, Math.min(spoken.length, at + 1600)), "mediaChunks"));
        }
        rig.advance(10_000);
        assertTrue(rig.words("text").contains("Turn 2: I heard you for 6."), rig.words("text"));
        assertNull(rig.closeCode);
    }

    @Test
    void D_captions_come_as_previews_and_one_final_text_per_utterance() {
        SessionRig rig = new SessionRig();
        rig.send("{'setup':{'model':'models/gemini-3.5-transcribe-live','generationConfig':{'responseModalities':"
                + "['TEXT']},'inputAudioTranscription':{},'sessionResumption':{}}}");
        rig.speak(Arrays.copyOf(VOICE, 5 * 16_000), true);
        rig.send("{'realtimeInput':{'audioStreamEnd':true}}");
        assertEquals(
                List.of(
                        "setupComplete",
                        "ACTIVITY_START",
                        "interimInputTranscription",
                        "inputTranscription",
                        "generationComplete",
                        "ACTIVITY_END"),
                rig.story());
        long previews =
                rig.frames.stream().filter(frame -> frame.contains("interim")).count();
        assertTrue(previews >= 7 && previews <= 10, "one each half second: " + previews);
        assertTrue(rig.last("voiceActivity").toString().contains("\"audioOffset\":\"5s\""));
        assertFalse(rig.frames.toString().contains("usageMetadata"));
    }

    @Test
    void E_speech_cuts_an_answer_that_is_still_being_made() {
        SessionRig rig = SessionRig.live("");
        rig.text("one two three four five six seven eight nine ten");
        rig.advance(200);
        rig.speak(Arrays.copyOf(VOICE, 16_000), false);
        assertEquals(List.of("setupComplete", "audio", "interrupted", "turnComplete"), rig.plainStory());
        int sent = rig.sound().length;
        rig.advance(5000);
        assertEquals(sent, rig.sound().length, "nothing of the cut answer comes after it");
    }

    @Test
    void E_speech_cuts_an_answer_that_is_made_but_still_heard() {
        SessionRig rig = SessionRig.live("");
        rig.text("one two three four five six seven eight nine ten");
        rig.advance(1300);
        rig.speak(Arrays.copyOf(VOICE, 16_000), false);
        assertEquals(
                List.of("setupComplete", "audio", "generationComplete", "interrupted", "turnComplete"),
                rig.plainStory());
    }

    @Test
    void E_without_interruption_the_next_answer_waits() {
        SessionRig rig = SessionRig.live(",'realtimeInputConfig':{'activityHandling':'NO_INTERRUPTION'}");
        rig.text("one two three");
        rig.text("four five six");
        rig.advance(30_000);
        assertEquals(
                List.of(
                        "setupComplete",
                        "audio",
                        "generationComplete",
                        "turnComplete",
                        "audio",
                        "generationComplete",
                        "turnComplete"),
                rig.plainStory());
    }

    @Test
    void F_the_client_marks_the_turns_itself() {
        SessionRig rig = SessionRig.live(",'realtimeInputConfig':{'automaticActivityDetection':{'disabled':true}}");
        rig.speak(VOICE, true);
        assertEquals(List.of("setupComplete"), rig.story());
        rig.send("{'realtimeInput':{'activityStart':{}}}");
        rig.speak(VOICE, true);
        assertFalse(rig.story().contains("audio"), "pauses end nothing");
        rig.send("{'realtimeInput':{'activityEnd':{}}}");
        assertTrue(rig.story().contains("audio"));
        rig.send("{'realtimeInput':{'activityStart':{}}}");
        assertTrue(rig.story().contains("interrupted"));
        rig.send("{'realtimeInput':{'activityEnd':{}}}");
        assertEquals("1007 Precondition check failed.", rig.closed());
    }

    @Test
    void G_a_blocking_function_is_waited_for() {
        SessionRig rig =
                SessionRig.live(",'tools':[{'functionDeclarations':[{'name':'weather','behavior':'BLOCKING'}]}]");
        rig.text("call weather {\"city\":\"Bonn\"}");
        JsonObject call = rig.last("toolCall")
                .getJsonObject("toolCall")
                .getJsonArray("functionCalls")
                .getJsonObject(0);
        assertEquals("weather", call.getString("name"));
        assertEquals("Bonn", call.getJsonObject("args").getString("city"));
        rig.advance(5000);
        assertEquals(List.of("setupComplete", "toolCall"), rig.story());
        rig.send("{'toolResponse':{'functionResponses':[{'id':'" + call.getString("id")
                + "','name':'weather','response':{'output':'rain'}}]}}");
        rig.advance(30_000);
        assertEquals(
                List.of("setupComplete", "toolCall", "audio", "generationComplete", "turnComplete"), rig.plainStory());
        assertTrue(rig.words("outputTranscription").contains("weather answered {\"output\":\"rain\"}"));
    }

    @Test
    void G_new_input_cancels_a_blocking_call_and_its_late_answer_is_ignored() {
        SessionRig rig =
                SessionRig.live(",'tools':[{'functionDeclarations':[{'name':'weather','behavior':'BLOCKING'}]}]");
        rig.text("call weather");
        rig.text("never mind");
        assertTrue(rig.last("toolCallCancellation").toString().contains("function-call-1"));
        rig.send("{'toolResponse':{'functionResponses':[{'id':'function-call-1','name':'weather','response':{}}]}}");
        rig.advance(30_000);
        assertNull(rig.closeCode);
        assertFalse(rig.words("outputTranscription").contains("answered"));
    }

    @Test
    void H_a_function_that_is_not_waited_for_answers_later() {
        SessionRig rig = SessionRig.live(",'tools':[{'functionDeclarations':[{'name':'weather'}]}]");
        rig.text("call weather");
        rig.advance(20_000);
        assertEquals(
                List.of("setupComplete", "toolCall", "audio", "generationComplete", "turnComplete"), rig.plainStory());
        rig.send("{'toolResponse':{'functionResponses':[{'id':'function-call-1','response':{},'scheduling':'SILENT',"
                + "'willContinue':true}]}}");
        rig.advance(20_000);
        assertEquals(5, rig.plainStory().size(), "a silent result is context only");
        rig.text("something else");
        rig.advance(300);
        rig.send(
                "{'toolResponse':{'functionResponses':[{'id':'function-call-1','response':{},'scheduling':'INTERRUPT'}]}}");
        assertTrue(rig.story().contains("interrupted"));
        rig.advance(20_000);
        assertTrue(rig.words("outputTranscription").contains("the function weather answered {}"));
    }

    @Test
    void I_extended_thinking_is_idle_only_when_it_says_so() {
        SessionRig rig = new SessionRig();
        rig.send("{'setup':{'model':'models/gemini-3.8-live-extended-thinking','outputAudioTranscription':{},"
                + "'tools':[{'functionDeclarations':[{'name':'weather'}]}]}}");
        rig.text("call weather");
        rig.advance(20_000);
        assertEquals(
                "IN_PROGRESS",
                rig.last("serverContent").getJsonObject("serverContent").getString("interactionStatus"));
        assertEquals(
                List.of("setupComplete", "audio", "generationComplete", "turnComplete", "toolCall"), rig.plainStory());
        rig.send("{'toolResponse':{'functionResponses':[{'id':'function-call-1','response':{}}]}}");
        rig.advance(20_000);
        assertEquals(
                "IDLE", rig.last("serverContent").getJsonObject("serverContent").getString("interactionStatus"));
        rig.text("call weather");
        rig.advance(20_000);
        rig.send(
                "{'toolResponse':{'functionResponses':[{'id':'function-call-2','response':{},'scheduling':'SILENT'}]}}");
        assertEquals("1007 Request contains an invalid argument.", rig.closed());
    }

    @Test
    void usage_bills_the_whole_context_again_with_every_turn() {
        SessionRig rig = SessionRig.live("");
        rig.speak(new short[10 * 16_000], false);
        rig.text("four");
        rig.advance(30_000);
        JsonObject first = rig.last("usageMetadata").getJsonObject("usageMetadata");
        assertEquals(251, first.getInt("promptTokenCount"), "10 s of sound and one word");
        int spoken = Math.round(rig.sound().length / 48_000f * 25);
        assertEquals(spoken, first.getInt("responseTokenCount"));
        assertEquals(251 + spoken, first.getInt("totalTokenCount"));
        assertTrue(first.toString().contains("{\"modality\":\"AUDIO\",\"tokenCount\":250}"), first.toString());
        rig.text("four");
        rig.advance(30_000);
        JsonObject second = rig.last("usageMetadata").getJsonObject("usageMetadata");
        assertEquals(252 + spoken, second.getInt("promptTokenCount"));
    }

    @Test
    void a_sliding_window_keeps_the_context_small() {
        SessionRig rig = SessionRig.live(
                ",'contextWindowCompression':{'triggerTokens':'300','slidingWindow':{'targetTokens':100}}");
        rig.speak(new short[60 * 16_000], false);
        rig.text("four");
        rig.advance(30_000);
        assertTrue(rig.last("usageMetadata").getJsonObject("usageMetadata").getInt("promptTokenCount") <= 300);
    }

    @Test
    void history_at_the_beginning_is_taken_without_an_answer() {
        SessionRig rig = SessionRig.live(",'historyConfig':{'initialHistoryInClientContent':true}");
        rig.send("{'clientContent':{'turns':[{'role':'user','parts':[{'text':'a'}]},{'role':'model','parts':"
                + "[{'text':'b'}]}],'turnComplete':true}}");
        rig.advance(10_000);
        assertEquals(List.of("setupComplete"), rig.story());
        rig.send("{'clientContent':{'turnComplete':true}}");
        rig.advance(10_000);
        assertTrue(rig.plainStory().containsAll(ANSWER), "the word alone makes the model speak");
    }

    @Test
    void both_spellings_and_both_alphabets_of_base64_are_understood() {
        SessionRig rig = new SessionRig();
        rig.send("{'setup':{'model':'models/gemini-3.8-live','realtime_input_config':{'automatic_activity_detection':"
                + "{'disabled':true}},'context_window_compression':{'trigger_tokens':'9000','sliding_window':{}}}}");
        rig.send("{'realtime_input':{'activity_start':{}}}");
        rig.send("{'realtime_input':{'audio':{'mime_type':'audio/pcm;rate=16000','data':'-_8AAP__'}}}");
        rig.send("{'realtime_input':{'audio':{'mimeType':'audio/pcm','data':'+/8AAP//AA'}}}");
        rig.send("{'realtime_input':{'activity_end':{}}}");
        assertTrue(rig.story().contains("audio"));
        assertNull(rig.closeCode);
    }
}
