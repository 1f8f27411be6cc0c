package dev.parley.gemini.rest.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.parley.gemini.rest.http.CallBody;
import dev.parley.shared.settings.ApiKey;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionBodyTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 24_575, 24_576, 24_577, 24_578, 100_000})
    void base64_is_byte_for_byte_that_of_the_whole(int size) throws IOException {
        byte[] raw = random(size);
        byte[] expected = Base64.getEncoder().encode(raw);
        assertEquals(expected.length, Base64Stream.length(size));
        try (InputStream whole = new Base64Stream(new ByteArrayInputStream(raw))) {
            assertArrayEquals(expected, whole.readAllBytes());
        }
        try (InputStream single = new Base64Stream(new ByteArrayInputStream(raw))) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (int next = single.read(); next >= 0; next = single.read()) {
                bytes.write(next);
            }
            assertArrayEquals(expected, bytes.toByteArray());
        }
    }

    @Test
    void an_inline_recording_is_in_the_body_whole_and_the_length_is_exact() throws IOException {
        byte[] raw = random(50_001);
        Path file = Files.write(folder.resolve("a.wav"), raw);
        CallBody body = QuestionBody.of(question(
                false,
                Optional.of("Say \"hi\"\nand ü"),
                Optional.of("de-DE"),
                new Question.Inline(file, "audio/wav", raw.length)));
        for (int tries = 0; tries < 2; tries++) {
            byte[] sent;
            try (InputStream in = body.source().open()) {
                sent = in.readAllBytes();
            }
            assertEquals(body.length(), sent.length);
            JsonObject json = Json.createReader(new ByteArrayInputStream(sent)).readObject();
            JsonObject content = json.getJsonArray("contents").getJsonObject(0);
            assertEquals("user", content.getString("role"));
            assertEquals(
                    "Say \"hi\"\nand ü",
                    content.getJsonArray("parts").getJsonObject(0).getString("text"));
            JsonObject data = content.getJsonArray("parts").getJsonObject(1).getJsonObject("inlineData");
            assertEquals("audio/wav", data.getString("mimeType"));
            assertArrayEquals(raw, Base64.getDecoder().decode(data.getString("data")));
            assertEquals(
                    "Answer in the language whose BCP 47 tag is de-DE.",
                    json.getJsonObject("systemInstruction")
                            .getJsonArray("parts")
                            .getJsonObject(0)
                            .getString("text"));
        }
    }

    @Test
    void a_transcribing_model_gets_the_language_as_a_hint_and_an_upload_by_its_address() throws IOException {
        CallBody body = QuestionBody.of(question(
                true,
                Optional.empty(),
                Optional.of("fr"),
                new Question.Uploaded("https://g/v1beta/files/x", "audio/ogg")));
        JsonObject json;
        try (InputStream in = body.source().open()) {
            json = Json.createReader(in).readObject();
        }
        JsonObject part = json.getJsonArray("contents")
                .getJsonObject(0)
                .getJsonArray("parts")
                .getJsonObject(0);
        assertEquals("https://g/v1beta/files/x", part.getJsonObject("fileData").getString("fileUri"));
        assertEquals("audio/ogg", part.getJsonObject("fileData").getString("mimeType"));
        assertEquals(
                "fr",
                json.getJsonObject("generationConfig")
                        .getJsonObject("audioTranscriptionConfig")
                        .getJsonArray("languageCodes")
                        .getString(0));
        assertFalse(json.containsKey("systemInstruction"));
    }

    private static Question question(
            boolean transcribes, Optional<String> prompt, Optional<String> language, Question.Recording recording) {
        return new Question(ApiKey.SIMULATOR, "m", transcribes, prompt, language, recording);
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
