package dev.parley.simulator.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.it.stage.CorpusFile;
import dev.parley.media.AudioDecoders;
import dev.parley.shared.settings.Secret;
import dev.parley.simulator.fault.Caller;
import dev.parley.simulator.fault.FaultPlans;
import dev.parley.simulator.files.DiskSpace;
import dev.parley.simulator.files.FileShelf;
import dev.parley.simulator.files.Upload;
import dev.parley.simulator.survey.Findings;
import dev.parley.simulator.survey.Surveyor;
import dev.parley.testkit.ManualTime;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GenerationTest {
    private static final String FLASH = "gemini-3.8-flash";
    private static final int WAV_HEADER = 78; // the corpus' references have a LIST chunk before their samples
    private static final byte[] WAV = twice(CorpusFile.resource("chrome-128k.pcm16k.wav"));
    private static final String SOUND = "{\"inlineData\":{\"mimeType\":\"audio/wav\",\"data\":\""
            + Base64.getEncoder().encodeToString(WAV) + "\"}}";

    private final ManualTime time = new ManualTime();
    private final DiskSpace space = new DiskSpace();
    private final FileShelf shelf = new FileShelf(space, time, time, Runnable::run);
    private final Generation generation =
            new Generation(space, shelf, new Surveyor(new AudioDecoders(), Optional::empty, space), new FaultPlans());

    @AfterEach
    void nothing_is_left() {
        assertEquals(0, space.used());
        space.close();
    }

    @Test
    void a_whole_answer_tells_what_was_measured() throws IOException {
        JsonObject answer = object(ask(FLASH, Framing.WHOLE, prompt("What is said?", SOUND)));
        String text = text(answer);
        assertTrue(text.startsWith("I am Parley's simulator and understand no words;"), text);
        assertTrue(text.contains("Your prompt has 3 words and 13 characters."), text);
        assertTrue(text.contains(String.format(Locale.ROOT, "The recording is WAV, %,d bytes, ", WAV.length)), text);
        assertTrue(text.contains(" long, at a mean level of \u2212"), text);
        assertTrue(text.contains("I found 2 stretches of speech, "), text);
        assertEquals("STOP", candidate(answer).getString("finishReason"));
        assertEquals(FLASH, answer.getString("modelVersion"));
        JsonObject usage = answer.getJsonObject("usageMetadata");
        int audio = (WAV.length - WAV_HEADER) / 1000; // 32 bytes a millisecond, 32 tokens a second
        JsonArray details = usage.getJsonArray("promptTokensDetails");
        assertEquals("AUDIO", details.getJsonObject(1).getString("modality"));
        assertEquals(audio, details.getJsonObject(1).getInt("tokenCount"), 1);
        assertEquals(
                usage.getInt("totalTokenCount"),
                usage.getInt("promptTokenCount") + usage.getInt("candidatesTokenCount"));
    }

    @Test
    void a_stream_comes_in_pieces_as_events_and_as_one_list() throws IOException {
        Reply events = ask(FLASH, Framing.EVENTS, prompt("Hello", SOUND));
        assertEquals("text/event-stream", events.contentType());
        assertTrue(events.pieces().size() >= 4);
        List<JsonObject> pieces = events.pieces().stream()
                .map(piece -> string(piece.bytes()))
                .map(event -> {
                    assertTrue(event.startsWith("data: {") && event.endsWith("}\r\n\r\n"), event);
                    return read(event.substring(6)).asJsonObject();
                })
                .toList();
        Reply list = ask(FLASH, Framing.LIST, prompt("Hello", SOUND));
        JsonArray elements = read(body(list)).asJsonArray();
        assertEquals(pieces.size(), elements.size());
        String joined = pieces.stream().map(GenerationTest::text).collect(Collectors.joining());
        assertEquals(joined, text(object(ask(FLASH, Framing.WHOLE, prompt("Hello", SOUND)))));
        for (int i = 0; i < pieces.size(); i++) {
            assertEquals(i == pieces.size() - 1, candidate(pieces.get(i)).containsKey("finishReason"));
            assertEquals(i == 0, events.pieces().get(i).after().isZero());
        }
    }

    @Test
    void a_transcript_has_measured_stretches_for_words() throws IOException {
        JsonObject answer = object(ask("gemini-3.5-transcribe", Framing.WHOLE, prompt("", SOUND)));
        JsonObject part =
                candidate(answer).getJsonObject("content").getJsonArray("parts").getJsonObject(0);
        JsonObject transcription = part.getJsonObject("audioTranscription");
        assertEquals(part.getString("text"), transcription.getString("text"));
        JsonArray words = transcription.getJsonArray("words");
        assertEquals(2, words.size());
        JsonObject word = words.getJsonObject(0);
        assertTrue(word.getString("word").matches("\\[speech \\d+\\.\\d s, level \u2212\\d+ dB]"), word::toString);
        assertTrue(word.getString("startOffset").matches("\\d+\\.\\d{3}s"));
        assertTrue(transcription.getString("text").startsWith(word.getString("word") + " [pause "));
        JsonObject without = object(ask(
                "gemini-3.5-transcribe",
                Framing.WHOLE,
                "{\"contents\":[{\"parts\":[" + SOUND + "]}],\"generationConfig\":{\"audioTranscriptionConfig\":"
                        + "{\"wordTimestamp\":false,\"diarization\":true,\"languageCodes\":[\"de-DE\"]}}}"));
        assertFalse(without.toString().contains("\"words\""));
        assertTrue(without.toString().contains("\"speakerLabel\":\"simulated\""));
        assertEquals(
                400,
                ask("gemini-3.5-transcribe", Framing.WHOLE, prompt("no sound")).status());
    }

    @Test
    void uploaded_files_are_measured_once_they_are_active() throws IOException {
        Upload upload = shelf.begin(new Upload.Wish(
                new Secret("key"), "files/abc", "", "audio/wav", -1, FileShelf.USUAL_PROCESSING, false));
        upload.receive(0, new ByteArrayInputStream(WAV));
        shelf.finish(upload);
        String prompt = prompt("", "{\"fileData\":{\"fileUri\":\"http://127.0.0.1/v1beta/files/abc\"}}");
        assertEquals("FAILED_PRECONDITION", error(ask(FLASH, Framing.WHOLE, prompt)));
        time.advance(Duration.ofSeconds(1));
        assertTrue(text(object(ask(FLASH, Framing.WHOLE, prompt))).contains("The recording is WAV"));
        assertEquals(
                "PERMISSION_DENIED",
                error(ask(FLASH, Framing.WHOLE, prompt("", "{\"fileData\":{\"fileUri\":\"gs://x/y\"}}"))));
        shelf.delete(new Secret("key"), "files/abc");
        assertEquals("PERMISSION_DENIED", error(ask(FLASH, Framing.WHOLE, prompt)));
    }

    @Test
    void media_are_bounded_in_number_and_each_is_measured_once() throws IOException {
        Upload upload =
                shelf.begin(new Upload.Wish(new Secret("key"), "files/one", "", "audio/wav", -1, Duration.ZERO, false));
        upload.receive(0, new ByteArrayInputStream(WAV));
        shelf.finish(upload);
        AtomicInteger opened = new AtomicInteger();
        Surveyor counting = new Surveyor(new AudioDecoders(), Optional::empty, space) {
            @Override
            public Findings survey(Path file, long longestMillis) throws IOException {
                opened.incrementAndGet();
                return super.survey(file, longestMillis);
            }
        };
        Generation counted = new Generation(space, shelf, counting, new FaultPlans());
        Caller caller = Caller.authenticated("v1beta", Optional.of(new Secret("key")));
        String file = "{\"fileData\":{\"fileUri\":\"files/one\"}}";
        String ten = prompt("", Collections.nCopies(10, file).toArray(String[]::new));
        assertEquals(
                200, counted.reply(caller, FLASH, Framing.WHOLE, stream(ten)).status());
        assertEquals(1, opened.get());
        String eleven = prompt("", Collections.nCopies(11, file).toArray(String[]::new));
        Reply refused = counted.reply(caller, FLASH, Framing.WHOLE, stream(eleven));
        assertEquals("INVALID_ARGUMENT", error(refused));
        assertTrue(body(refused).contains("at most 10"), () -> body(refused));
        assertEquals(1, opened.get());
        shelf.delete(new Secret("key"), "files/one");
    }

    @Test
    void what_google_refuses_is_refused() throws IOException {
        assertEquals("NOT_FOUND", error(ask("gemini-3.8-live", Framing.WHOLE, prompt("x"))));
        assertEquals("NOT_FOUND", error(ask("gpt", Framing.WHOLE, prompt("x"))));
        Reply type = ask(
                FLASH, Framing.WHOLE, prompt("", "{\"inlineData\":{\"mimeType\":\"audio/webm\",\"data\":\"QUJD\"}}"));
        assertTrue(body(type).contains("Unsupported MIME type: audio/webm"));
        Reply nonsense = ask(
                FLASH, Framing.WHOLE, prompt("", "{\"inlineData\":{\"mimeType\":\"audio/wav\",\"data\":\"QUJD\"}}"));
        assertEquals(400, nonsense.status());
        Reply list = ask(FLASH, Framing.LIST, "{");
        assertEquals(400, list.status());
        assertEquals(
                "INVALID_ARGUMENT",
                read(body(list))
                        .asJsonArray()
                        .getJsonObject(0)
                        .getJsonObject("error")
                        .getString("status"));
        assertEquals(
                "gemini-3.8-flash",
                object(ask("gemini-3.7-flash", Framing.WHOLE, prompt("x"))).getString("modelVersion"));
    }

    @Test
    void answers_are_bounded_by_the_tokens_asked_for() throws IOException {
        String json = "{\"contents\":[{\"parts\":[{\"text\":\"x\"}]}],\"generation_config\":{\"max_output_tokens\":3}}";
        JsonObject answer = object(ask(FLASH, Framing.WHOLE, json));
        assertEquals("I am Parley'", text(answer));
        assertEquals("MAX_TOKENS", candidate(answer).getString("finishReason"));
    }

    @Test
    void faults_come_as_often_as_asked_and_then_it_is_fine() throws IOException {
        String prompt = prompt("Please.\\n/simulate unavailable 2");
        assertEquals(
                List.of(503, 503, 200, 503), List.of(status(prompt), status(prompt), status(prompt), status(prompt)));
        Reply quota = ask(FLASH, Framing.EVENTS, prompt("/simulate quota 1 34"));
        assertEquals(429, quota.status());
        assertTrue(body(quota).contains("\"retryDelay\":\"34s\""));
        Caller caller = Caller.authenticated("v1beta", Optional.of(new Secret("simulate:internal:1")));
        assertEquals(
                500,
                generation
                        .reply(caller, FLASH, Framing.WHOLE, stream(prompt("x")))
                        .status());
        assertEquals(
                200,
                generation
                        .reply(caller, FLASH, Framing.WHOLE, stream(prompt("x")))
                        .status());
    }

    @Test
    void faults_come_in_the_middle_of_answers_too() throws IOException {
        Reply late = ask(FLASH, Framing.EVENTS, prompt("/simulate after 3 unavailable"));
        assertEquals(200, late.status());
        assertEquals(2, late.pieces().size());
        assertEquals(Duration.ofSeconds(3), late.pieces().get(1).after());
        assertTrue(string(late.pieces().get(1).bytes()).startsWith("data: {\"error\":{\"code\":503"));
        assertEquals(
                2,
                read(body(ask(FLASH, Framing.LIST, prompt("/simulate after 3 internal"))))
                        .asJsonArray()
                        .size());
        Reply slow = ask(FLASH, Framing.WHOLE, prompt("/simulate after 3 unavailable"));
        assertEquals(503, slow.status());
        assertEquals(Duration.ofSeconds(3), slow.pieces().get(0).after());
        Reply dropped = ask(FLASH, Framing.EVENTS, prompt("/simulate drop"));
        assertFalse(body(dropped).contains("finishReason"));
        assertTrue(body(ask(FLASH, Framing.EVENTS, prompt("/simulate garbage"))).contains("data: this is {no JSON"));
        Reply delayed = ask(FLASH, Framing.EVENTS, prompt("/simulate delay 4\\n/simulate stall 7"));
        assertEquals(Duration.ofSeconds(4), delayed.pieces().get(0).after());
        assertEquals(
                Duration.ofSeconds(7).plus(Pacing.STEP), delayed.pieces().get(1).after());
        JsonObject blocked = object(ask(FLASH, Framing.WHOLE, prompt("/simulate blocked")));
        assertTrue(blocked.getJsonObject("promptFeedback").containsKey("blockReason"));
        assertFalse(blocked.containsKey("candidates"));
        assertFalse(candidate(object(ask(FLASH, Framing.WHOLE, prompt("/simulate empty"))))
                .containsKey("content"));
        JsonArray parts = candidate(object(ask(FLASH, Framing.WHOLE, prompt("/simulate thoughts"))))
                .getJsonObject("content")
                .getJsonArray("parts");
        assertTrue(parts.getJsonObject(0).getBoolean("thought"));
        assertEquals(2, parts.size());
    }

    /** The voice, and again after its silent end. */
    private static byte[] twice(byte[] wav) {
        byte[] both = Arrays.copyOf(wav, 2 * wav.length - WAV_HEADER);
        System.arraycopy(wav, WAV_HEADER, both, wav.length, wav.length - WAV_HEADER);
        ByteBuffer.wrap(both)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(4, both.length - 8)
                .putInt(WAV_HEADER - 4, both.length - WAV_HEADER);
        return both;
    }

    private int status(String prompt) throws IOException {
        return ask(FLASH, Framing.WHOLE, prompt).status();
    }

    private Reply ask(String model, Framing framing, String json) throws IOException {
        Caller caller = Caller.authenticated("v1beta", Optional.of(new Secret("key")));
        return generation.reply(caller, model, framing, stream(json));
    }

    private static ByteArrayInputStream stream(String json) {
        return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String prompt(String text, String... parts) {
        return "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"" + text + "\"}"
                + Arrays.stream(parts).map(part -> "," + part).collect(Collectors.joining()) + "]}]}";
    }

    private static String body(Reply reply) {
        return reply.pieces().stream().map(piece -> string(piece.bytes())).collect(Collectors.joining());
    }

    private static String string(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static JsonValue read(String json) {
        return Json.createReader(new StringReader(json)).readValue();
    }

    private static JsonObject object(Reply reply) {
        assertEquals(200, reply.status(), () -> body(reply));
        return read(body(reply)).asJsonObject();
    }

    private static String error(Reply reply) {
        return read(body(reply)).asJsonObject().getJsonObject("error").getString("status");
    }

    private static JsonObject candidate(JsonObject answer) {
        return answer.getJsonArray("candidates").getJsonObject(0);
    }

    private static String text(JsonObject answer) {
        return candidate(answer)
                .getJsonObject("content")
                .getJsonArray("parts")
                .getJsonObject(0)
                .getString("text");
    }
}
