package dev.parley.simulator.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.shared.settings.Secret;
import dev.parley.simulator.protocol.ClientMessage.Dialect;
import dev.parley.simulator.setup.Handshake;
import dev.parley.testkit.ManualTime;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every mistake ends as at Google: a close after the 101, with Google's code and words. */
class RefusalTest {
    private static final String INVALID = "1007 Request contains an invalid argument.";

    @Test
    void credentials_are_checked_after_the_handshake() {
        assertEquals(
                "1007 API key not valid. Please pass a valid API key.", new SessionRig("invalid-1", "v1").closed());
        SessionRig none = rig(new Handshake("v1", Dialect.DEVELOPER, false, Optional.empty()));
        assertTrue(none.closed().startsWith("1008 Method doesn't allow unregistered callers"), none.closed());
        assertTrue(none.closeReason.getBytes(StandardCharsets.UTF_8).length <= 123);
        Optional<Secret> token = Optional.of(new Secret("auth_tokens/abc"));
        assertEquals(1008, rig(new Handshake("v1", Dialect.DEVELOPER, false, token)).closeCode);
        assertEquals(
                "null ",
                rig(new Handshake("v1", Dialect.DEVELOPER, true, token)).closed());
        Optional<Secret> key = Optional.of(new Secret("abc"));
        assertEquals(1008, rig(new Handshake("v1", Dialect.DEVELOPER, true, key)).closeCode);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'setup':{'model':'m','bogusField':1}} | Unknown name \"bogusField\" at 'setup': Cannot find field.",
                "{'setup':{'generation_config':{'enableThis':1}}} | Unknown name \"enableThis\" at 'setup.generation_config'",
                "{'setup':{'enableAffectiveDialog':true}} | Unknown name \"enableAffectiveDialog\" at 'setup'",
                "{'setup':{'sessionResumption':{'transparent':true}}} | Unknown name \"transparent\" at 'setup.session_resumption'",
                "{'setup':{'tools':[{},{'functionDeclarations':[{'nam':'x'}]}]}} | at 'setup.tools[1].function_declarations[0]'",
                "{'bogus':{}} | Unknown name \"bogus\": Cannot find field.",
                "{'setup':{'model':5}} | Invalid value at 'setup.model' (TYPE_STRING), 5",
                "{'setup':{'realtimeInputConfig':{'activityHandling':'SOMETIMES'}}} | Invalid value at 'setup.realtime_input_config.activity_handling'",
                "{'setup': | Invalid JSON payload received. Unexpected token.",
                "[] | Invalid JSON payload received. Unexpected token.",
                "{'realtimeInput':{'text':'too early'}} | Request contains an invalid argument.",
                "{} | Request contains an invalid argument.",
                "{'setup':{'model':'models/gemini-3.8-live'},'clientContent':{}} | Request contains an invalid argument."
            })
    void a_first_message_that_is_no_setup_ends_in_1007(String frame, String reason) {
        SessionRig rig = new SessionRig();
        rig.send(frame);
        assertEquals(1007, rig.closeCode);
        assertTrue(rig.closeReason.contains(reason), rig.closed());
        assertEquals(1, rig.ended);
        rig.send(frame);
        assertEquals(1, rig.ended);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'generationConfig':{'responseModalities':['TEXT']} | The requested combination of response modalities (TEXT)",
                "'generationConfig':{'responseModalities':['AUDIO','TEXT']} | The requested combination",
                "'generationConfig':{'thinkingConfig':{'thinkingLevel':'LOW'}} | invalid argument",
                "'generationConfig':{'responseMimeType':'text/plain'} | invalid argument",
                "'generationConfig':{'speechConfig':{'voiceConfig':{'prebuiltVoiceConfig':{'voiceName':'kore'}}}} | voice api_name 'kore'",
                "'proactivity':{'proactiveAudio':false} | invalid argument",
                "'contextWindowCompression':{} | invalid argument",
                "'tools':[{'codeExecution':{}}] | invalid argument",
                "'tools':[{'functionDeclarations':[{'name':'not a name'}]}] | invalid argument",
            })
    void what_the_voice_model_does_not_take_ends_in_1007(String field, String reason) {
        SessionRig rig = new SessionRig();
        rig.send("{'setup':{'model':'models/gemini-3.8-live'," + field + "}}");
        assertEquals(1007, rig.closeCode);
        assertTrue(rig.closeReason.contains(reason), rig.closed());
    }

    @ParameterizedTest
    @CsvSource({
        "models/gemini-9-none, v1beta",
        "models/gemini-2.0-flash-exp, v1",
        "tunedModels/gemini-3.8-live, v1beta",
        "models/gemini-3.8-flash, v1beta"
    })
    void a_model_that_is_not_there_ends_in_1008(String model, String version) {
        SessionRig rig = new SessionRig("key", version);
        rig.send("{'setup':{'model':'" + model + "'}}");
        assertEquals(1008, rig.closeCode);
        assertTrue(rig.closeReason.contains("is not found for API version " + version), rig.closed());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'realtimeInput':{'mediaChunks':[]}} | 1007 realtime_input.media_chunks is deprecated. Use audio, video, or text instead.",
                "{'setup':{'model':'models/gemini-3.8-live'}} | 1007 Request contains an invalid argument.",
                "{'realtimeInput':{'activityStart':{}}} | 1007 Request contains an invalid argument.",
                "{'realtimeInput':{'audio':{'mimeType':'audio/webm','data':''}}} | 1007 Request contains an invalid argument.",
                "{'realtimeInput':{'audio':{'mimeType':'audio/pcm;rate=5','data':''}}} | 1007 Request contains an invalid argument.",
                "{'realtimeInput':{'audio':{'mimeType':'audio/pcm','data':'%'}}} | 1007 Invalid value at 'realtime_input.audio.data' (TYPE_BYTES), Base64 decoding failed",
                "{'realtimeInput':{'video':{'mimeType':'audio/pcm','data':''}}} | 1007 Request contains an invalid argument.",
                "{'clientContent':{'turns':[{'parts':[{'text':'no role'}]}],'turnComplete':true}} | 1007 Request contains an invalid argument.",
                "{'clientContent':{'contents':[]}} | 1007 Invalid JSON payload received. Unknown name \"contents\" at 'client_content': Cannot find field.",
                "{'clientContent':{'turns':[{'role':'user','parts':[{'functionResponse':{}}]}]}} | 1007 Request contains an invalid argument.",
                "{'toolResponse':{'functionResponses':[{'id':'unknown','response':{}}]}} | 1007 Request contains an invalid argument.",
                "{'toolResponse':{'functionResponses':[{'scheduling':'INTERRUPTED'}]}} | 1007 Invalid value at 'tool_response.function_responses[0].scheduling' (enum), \"INTERRUPTED\""
            })
    void a_wrong_message_of_a_live_session_ends_in_1007(String frame, String closed) {
        SessionRig rig = SessionRig.live("");
        assertEquals("null ", rig.closed());
        rig.send(frame);
        assertEquals(closed, rig.closed());
    }

    @Test
    void affective_dialog_goes_wrong_as_it_does_at_google() {
        SessionRig today = new SessionRig();
        today.send("{'setup':{'model':'models/gemini-3.8-live','generationConfig':{'enableAffectiveDialog':true}}}");
        assertEquals(java.util.List.of("setupComplete"), today.story());
        today.text("hello");
        assertEquals(INVALID, today.closed());
        SessionRig before = new SessionRig();
        before.send("{'setup':{'model':'models/gemini-3.1-flash-live-preview','generationConfig':"
                + "{'enableAffectiveDialog':true}}}");
        before.advance(59_000);
        assertEquals("null ", before.closed());
        assertEquals(java.util.List.of(), before.frames);
        before.advance(2000);
        assertEquals(1011, before.closeCode);
    }

    @Test
    void content_in_the_middle_ends_a_session_of_the_model_that_takes_it_as_a_seed_only() {
        SessionRig rig = new SessionRig();
        rig.send("{'setup':{'model':'models/gemini-3.1-flash-live-preview'}}");
        rig.send("{'clientContent':{'turnComplete':true}}");
        assertEquals(INVALID, rig.closed());
    }

    @Test
    void a_client_that_never_sends_its_setup_is_let_go() {
        SessionRig rig = new SessionRig();
        rig.advance(61_000);
        assertEquals("1011 Deadline expired before operation could complete.", rig.closed());
    }

    @Test
    void binary_frames_are_json_too() {
        SessionRig rig = new SessionRig();
        rig.session.receive(StandardCharsets.UTF_8.encode("{\"setup\":{\"model\":\"gemini-3.8-live\"}}"));
        assertEquals(java.util.List.of("setupComplete"), rig.story());
        rig.session.receive(ByteBuffer.wrap(new byte[] {'{', (byte) 0xFF, '}'}));
        assertEquals("1007 Invalid JSON payload received. Unexpected token.", rig.closed());
    }

    @Test
    void vertex_has_fields_of_its_own() {
        SessionRig rig = rig(new Handshake("v1beta1", Dialect.VERTEX, false, Optional.of(new Secret("oauth"))));
        rig.send("{'setup':{'model':'projects/p/locations/eu/publishers/google/models/gemini-3.8-live',"
                + "'explicitVadSignal':true,'sessionResumption':{'transparent':true}}}");
        assertTrue(rig.last("setupComplete").getJsonObject("setupComplete").containsKey("sessionId"));
        rig.text("one");
        rig.advance(20_000);
        assertEquals(
                "1",
                rig.last("sessionResumptionUpdate")
                        .getJsonObject("sessionResumptionUpdate")
                        .getString("lastConsumedClientMessageIndex"));
        assertEquals(
                "ON_DEMAND",
                rig.last("usageMetadata").getJsonObject("usageMetadata").getString("trafficType"));
    }

    @Test
    void vertex_has_not_what_only_the_developer_api_has() {
        SessionRig rig = vertex("oauth", "");
        rig.send("{'toolResponse':{'functionResponses':[{'name':'f','response':{},'willContinue':true}]}}");
        assertTrue(
                rig.closed().startsWith("1007 Invalid JSON payload received. Unknown name \"willContinue\""),
                rig::closed);
        assertTrue(vertex("oauth", ",'tools':[{'mcpServers':[]}]")
                .closed()
                .contains("Unknown name \"mcpServers\" at 'setup.tools[0]'"));
    }

    @Test
    void vertex_names_the_model_in_full_when_it_is_not_there() {
        SessionRig rig = rig(new Handshake("v1beta1", Dialect.VERTEX, false, Optional.of(new Secret("oauth"))));
        rig.send("{'setup':{'model':'projects/p/locations/eu/publishers/google/models/gemini-0-none'}}");
        assertTrue(
                rig.closed()
                        .startsWith(
                                "1008 Publisher Model `projects/p/locations/eu/publishers/google/models/gemini-0-none`"
                                        + " was not found"),
                rig::closed);
    }

    @Test
    void vertex_waits_longer_for_the_end_of_speech_and_its_words_run_ahead() {
        String high =
                ",'realtimeInputConfig':{'automaticActivityDetection':{'endOfSpeechSensitivity':'END_SENSITIVITY_HIGH'}}";
        long keen = answeredAfter(vertex("oauth", high));
        long usual = answeredAfter(vertex("oauth", ""));
        assertEquals(300, usual - keen, "800 ms of silence instead of 500");

        SessionRig rig = vertex("oauth", ",'outputAudioTranscription':{}");
        rig.text("one two three four five six seven eight nine ten");
        rig.advance(250);
        String ahead = rig.words("outputTranscription");
        SessionRig behind = SessionRig.live("");
        behind.text("one two three four five six seven eight nine ten");
        behind.advance(250);
        assertTrue(ahead.length() > 2 * behind.words("outputTranscription").length(), ahead);
    }

    /** Milliseconds from the end of a second of sound to the answer, in steps of 20. */
    private static long answeredAfter(SessionRig rig) {
        short[] sound = new short[32_000];
        for (int i = 16_000; i < sound.length; i++) {
            sound[i] = (short) (i % 50 < 25 ? 4000 : -4000);
        }
        rig.speak(sound, true);
        long waited = 0;
        while (!rig.story().contains("audio")) {
            rig.session.receive(SessionRig.audio(new short[320], "audio"));
            rig.advance(20);
            waited += 20;
            assertTrue(waited < 5000, "no answer");
        }
        return waited;
    }

    private static SessionRig vertex(String token, String more) {
        SessionRig rig = rig(new Handshake("v1beta1", Dialect.VERTEX, false, Optional.of(new Secret(token))));
        rig.send("{'setup':{'model':'projects/p/locations/eu/publishers/google/models/gemini-3.8-live'" + more + "}}");
        return rig;
    }

    private static SessionRig rig(Handshake handshake) {
        return new SessionRig(new ManualTime(), handshake, SessionLimits.DEFAULT);
    }
}
