package dev.parley.gemini.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.gemini.live.LiveChoice;
import dev.parley.gemini.live.LiveEvent;
import dev.parley.gemini.live.LiveFunction;
import dev.parley.gemini.live.LiveRequest;
import dev.parley.gemini.live.UpstreamCounters;
import dev.parley.gemini.message.MessageJson;
import dev.parley.gemini.settings.LiveDefaults;
import dev.parley.shared.settings.ApiKey;
import dev.parley.shared.settings.SettingsReader;
import jakarta.json.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {
    private static final String EVERYTHING = """
            {"setupComplete":{"sessionId":"s"},
             "serverContent":{"turnComplete":true,"generationComplete":true,"interrupted":true,
               "turnCompleteReason":"NEED_MORE_INPUT","interactionStatus":"IN_PROGRESS",
               "outputTranscription":{"text":"out"},"inputTranscription":{"text":"in","finished":true},
               "interimInputTranscription":{"text":"pre"},
               "modelTurn":{"role":"model","parts":[{"text":"thinking","thought":true},{"text":"hello"},
                 {"inlineData":{"mimeType":"audio/pcm;rate=16000","data":"AQID_-8="}},{"executableCode":{}}]}},
             "toolCall":{"functionCalls":[{"id":"7","name":"f","args":{"snake_case":[1,"2"]}},{"id":"8","name":"g"}]},
             "toolCallCancellation":{"ids":["7",8]},
             "voiceActivity":{"type":"ACTIVITY_START","audioOffset":"0.440s"},
             "voiceActivityDetectionSignal":{"vadSignalType":"VAD_SIGNAL_TYPE_EOS"},
             "goAway":{"timeLeft":"0.5s"},
             "sessionResumptionUpdate":{"newHandle":"h","resumable":true},
             "usageMetadata":{"promptTokenCount":"550","responseTokenCount":49,"totalTokenCount":599.0,
               "promptTokensDetails":[{"modality":"TEXT","tokenCount":320},{"modality":"AUDIO","tokenCount":"205"}],
               "responseTokensDetails":[{"modality":"AUDIO","tokenCount":49}]}}""";

    private final UpstreamCounters counters = new UpstreamCounters();
    private final List<LiveEvent> heard = new ArrayList<>();
    private final AtomicInteger gibberish = new AtomicInteger();
    private final AtomicInteger alive = new AtomicInteger();
    private final FrameReader reader = new FrameReader(counters, this::hear, gibberish::incrementAndGet);

    /** Frames that tell nothing are counted, all others are kept. */
    private void hear(LiveEvent event) {
        if (event instanceof LiveEvent.Alive) {
            alive.incrementAndGet();
        } else {
            heard.add(event);
        }
    }

    @Test
    void every_member_of_one_message_is_told_content_before_flags() {
        reader.read(EVERYTHING);
        assertEquals(
                List.of(
                        new LiveEvent.Ready(),
                        new LiveEvent.SpeechStarted(Optional.of(Duration.ofMillis(440))),
                        new LiveEvent.InputPreview("pre"),
                        new LiveEvent.InputTranscript("in"),
                        new LiveEvent.ModelText("hello"),
                        new LiveEvent.ModelAudio(ByteBuffer.wrap(new byte[] {1, 2, 3, -1}), 16_000),
                        new LiveEvent.OutputTranscript("out"),
                        new LiveEvent.ToolCalls(List.of(
                                new LiveEvent.ToolCall("7", "f", "{\"snake_case\":[1,\"2\"]}"),
                                new LiveEvent.ToolCall("8", "g", "{}"))),
                        new LiveEvent.ToolCallsCancelled(List.of("7")),
                        new LiveEvent.SpeechEnded(Optional.of(Duration.ofMillis(440))),
                        new LiveEvent.Usage(550, 49, 599, Map.of("TEXT", 320L, "AUDIO", 205L), Map.of("AUDIO", 49L)),
                        new LiveEvent.Interrupted(),
                        new LiveEvent.GenerationComplete(),
                        new LiveEvent.TurnComplete(Optional.of("NEED_MORE_INPUT"), false),
                        new LiveEvent.ResumptionHandle(Optional.of("h")),
                        new LiveEvent.GoAway(Duration.ofMillis(500))),
                heard);
        assertEquals(0, counters.unknownMessages());
    }

    @ParameterizedTest
    @CsvSource({"50s,50000", "0.440s,440", "0s,0", "'',0", "soon,0", "-1s,0", "999999999999s,0"})
    void go_away_tells_the_time_left_or_none(String text, long millis) {
        reader.read("{\"goAway\":{\"timeLeft\":\"" + text + "\"}}");
        assertEquals(List.of(new LiveEvent.GoAway(Duration.ofMillis(millis))), heard);
    }

    @Test
    void vertex_names_are_read_too() {
        reader.read("{\"usageMetadata\":{\"promptTokenCount\":1,\"candidatesTokenCount\":2,\"totalTokenCount\":3,"
                + "\"candidatesTokensDetails\":[{\"modality\":\"AUDIO\",\"tokenCount\":2}],\"trafficType\":\"X\"}}");
        assertEquals(List.of(new LiveEvent.Usage(1, 2, 3, Map.of(), Map.of("AUDIO", 2L))), heard);
    }

    @Test
    void calls_without_ids_are_told_apart_here_and_answered_without() {
        String call = "{\"toolCall\":{\"functionCalls\":[{\"name\":\"f\"},{\"id\":\"\",\"name\":\"f\"}]}}";
        reader.read(call);
        reader.read(call);
        List<String> ids = heard.stream()
                .flatMap(event -> ((LiveEvent.ToolCalls) event).calls().stream())
                .map(LiveEvent.ToolCall::id)
                .toList();
        assertEquals(4, Set.copyOf(ids).size(), ids::toString);
        LiveRequest request = new LiveDefaults(new SettingsReader(name -> Optional.empty()))
                .resolve(ApiKey.SIMULATOR, LiveChoice.DEFAULTS);
        for (String id : ids) {
            LiveFunction.Answer answer =
                    new LiveFunction.Answer(id, "f", JsonValue.EMPTY_JSON_OBJECT, LiveFunction.When.WHEN_IDLE);
            assertEquals(
                    "{\"toolResponse\":{\"functionResponses\":[{\"name\":\"f\",\"response\":{}}]}}",
                    MessageJson.write(ToolAnswers.message(request, answer)));
        }
    }

    @Test
    void a_speech_state_is_news_when_it_changes() {
        for (String state : List.of("NON_SPEECH", "SPEECH", "SPEECH", "NON_SPEECH", "NON_SPEECH", "SPEECH")) {
            reader.read("{\"serverContent\":{\"speechState\":\"" + state + "\"}}");
        }
        assertEquals(
                List.of(
                        new LiveEvent.SpeechStarted(Optional.empty()),
                        new LiveEvent.SpeechEnded(Optional.empty()),
                        new LiveEvent.SpeechStarted(Optional.empty())),
                heard);
    }

    @Test
    void a_signal_before_the_state_is_told_once() {
        reader.read("{\"voiceActivityDetectionSignal\":{\"vadSignalType\":\"VAD_SIGNAL_TYPE_SOS\"}}");
        reader.read("{\"serverContent\":{\"speechState\":\"SPEECH\"}}");
        assertEquals(List.of(new LiveEvent.SpeechStarted(Optional.empty())), heard);
    }

    @Test
    void the_pages_of_a_search_are_read_and_other_chunks_passed_over() {
        reader.read(
                "{\"serverContent\":{\"groundingMetadata\":{\"groundingChunks\":[{\"web\":{\"uri\":\"https://a.example/\","
                        + "\"title\":\"A\"}},{\"web\":{\"title\":\"no address\"}},{\"maps\":{\"uri\":\"x\"}},7],"
                        + "\"webSearchQueries\":[\"a\"]}}}");
        assertEquals(
                List.of(new LiveEvent.Sources(
                        List.of(new LiveEvent.Source("A", "https://a.example/")), Optional.empty())),
                heard);
    }

    @Test
    void what_google_wants_shown_with_a_search_is_read_with_and_without_pages() {
        String entry = "\"searchEntryPoint\":{\"renderedContent\":\"<a>b</a>\",\"sdkBlob\":\"AAAA\"}";
        reader.read("{\"serverContent\":{\"groundingMetadata\":{" + entry + "}}}");
        reader.read("{\"serverContent\":{\"groundingMetadata\":{" + entry
                + ",\"groundingChunks\":[{\"web\":{\"uri\":\"https://a.example/\",\"title\":\"A\"}}]}}}");
        reader.read("{\"serverContent\":{\"groundingMetadata\":{\"searchEntryPoint\":{\"renderedContent\":7}}}}");
        Optional<String> html = Optional.of("<a>b</a>");
        assertEquals(
                List.of(
                        new LiveEvent.Sources(List.of(), html),
                        new LiveEvent.Sources(List.of(new LiveEvent.Source("A", "https://a.example/")), html)),
                heard);
    }

    @Test
    void the_sdks_name_for_voice_activity_is_read_too() {
        reader.read("{\"serverContent\":{},\"voiceActivity\":{\"voiceActivityType\":\"ACTIVITY_END\"}}");
        assertEquals(List.of(new LiveEvent.SpeechEnded(Optional.empty())), heard);
    }

    @Test
    void the_interaction_status_counts_beside_the_content_too() {
        reader.read("{\"serverContent\":{\"turnComplete\":true},\"interactionStatus\":\"IN_PROGRESS\"}");
        assertEquals(List.of(new LiveEvent.TurnComplete(Optional.empty(), false)), heard);
    }

    @Test
    void a_handle_that_cannot_be_resumed_is_none() {
        reader.read("{\"sessionResumptionUpdate\":{\"newHandle\":\"\",\"resumable\":false}}");
        assertEquals(List.of(new LiveEvent.ResumptionHandle(Optional.empty())), heard);
    }

    @Test
    void an_odd_member_does_not_cost_the_others() {
        reader.read("{\"serverContent\":{\"turnComplete\":\"yes\",\"outputTranscription\":[1],\"modelTurn\":{\"parts\":"
                + "[null,5,{\"inlineData\":{\"mimeType\":\"audio/pcm\",\"data\":\"!!\"}},{\"text\":\"x\"}]}},"
                + "\"usageMetadata\":{\"promptTokenCount\":1e999999999,\"totalTokenCount\":{}}}");
        assertEquals(
                List.of(new LiveEvent.ModelText("x"), new LiveEvent.Usage(0, 0, 0, Map.of(), Map.of())),
                heard.stream()
                        .map(event -> event instanceof LiveEvent.Usage usage
                                ? new LiveEvent.Usage(0, usage.response(), usage.total(), Map.of(), Map.of())
                                : event)
                        .toList());
        assertEquals(1, counters.unreadableFrames());
    }

    @Test
    void empty_messages_mean_nothing_and_unknown_ones_are_counted() {
        reader.read("{}");
        reader.read("{\"serverContent\":{}}");
        reader.read("{\"somethingNew\":{\"a\":1}}");
        assertEquals(List.of(), heard);
        assertEquals(3, alive.get(), "each of them tells that the server is there");
        reader.read("{\"serverContent\":{\"interrupted\":true}}");
        assertEquals(3, alive.get(), "what tells more needs no word for it");
        assertEquals(1, counters.unknownMessages());
        assertEquals(0, counters.unreadableFrames());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "1", "hello", "{", "{\"x\":{\"a\":[1", "{\"serverContent\":{\"y\":{"})
    void what_is_not_one_object_is_counted_and_never_holds_the_thread(String frame) {
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> reader.read(frame));
        assertEquals(1, counters.unreadableFrames());
        assertEquals(List.of(), heard);
    }

    @Test
    void nesting_without_end_is_unreadable() {
        reader.read("{\"serverContent\":" + "[".repeat(500_000));
        reader.read("{\"serverContent\":".repeat(100_000));
        assertEquals(2, counters.unreadableFrames());
    }

    @Test
    void ten_unreadable_frames_in_a_row_are_gibberish_and_one_good_one_resets_the_count() {
        for (int i = 0; i < 9; i++) {
            reader.read("x");
        }
        reader.read("{}");
        for (int i = 0; i < 9; i++) {
            reader.read("x");
        }
        assertEquals(0, gibberish.get());
        reader.read("x");
        assertEquals(1, gibberish.get());
    }

    @Test
    void mutated_messages_never_throw() {
        Random random = new Random(20261122);
        byte[] original = EVERYTHING.getBytes(StandardCharsets.UTF_8);
        String alphabet = "{}[]\",:0123456789eE+-.truefalsn\\u";
        int readable = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] mutated = original.clone();
            int changes = 1 + random.nextInt(4);
            for (int i = 0; i < changes; i++) {
                mutated[random.nextInt(mutated.length)] = random.nextInt(4) == 0
                        ? (byte) random.nextInt(256)
                        : (byte) alphabet.charAt(random.nextInt(alphabet.length()));
            }
            int length = random.nextInt(3) == 0 ? random.nextInt(mutated.length) : mutated.length;
            int before = heard.size();
            reader.read(new String(mutated, 0, length, StandardCharsets.UTF_8));
            readable += heard.size() > before ? 1 : 0;
            heard.clear();
        }
        assertTrue(readable > 1000, "mutations that can still be read: " + readable);
        assertTrue(counters.unreadableFrames() > 1000);
    }

    @Test
    void random_bytes_never_throw() {
        Random random = new Random(1);
        for (int round = 0; round < 5_000; round++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            reader.read(new String(bytes, StandardCharsets.UTF_8));
        }
        assertEquals(List.of(), heard);
    }
}
