package dev.parley.simulator.prompt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.simulator.fault.GoogleError;
import dev.parley.simulator.files.DiskSpace;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BodyReaderTest {
    private final DiskSpace space = new DiskSpace();

    @AfterEach
    void nothing_is_left() {
        assertEquals(0, space.used());
        space.close();
    }

    @Test
    void inline_data_lie_on_disk_and_the_rest_is_json() throws IOException {
        byte[] sound = new byte[100_003];
        new Random(1).nextBytes(sound);
        String json =
                "{\"contents\":[{\"parts\":[{\"text\":\"data: \\\"inlineData\\\" ä\"},{\"inlineData\":{\"mimeType\":"
                        + "\"audio/wav\",\"data\":\"" + Base64.getEncoder().encodeToString(sound)
                        + "\"}},{\"inline_data\":{\"data\":\"QUJD\",\"mime_type\":\"audio/ogg\"}}]}]}";
        try (RequestBody body = read(json)) {
            assertEquals(2, body.inline().size());
            assertArrayEquals(sound, Files.readAllBytes(body.inline().get(0).path()));
            assertArrayEquals(
                    new byte[] {'A', 'B', 'C'},
                    Files.readAllBytes(body.inline().get(1).path()));
            Prompt prompt = Prompt.read(body);
            assertEquals("data: \"inlineData\" ä", prompt.text());
            assertEquals("audio/ogg", prompt.media().get(1).mimeType());
            assertEquals(1, prompt.media().get(1).inline());
        }
    }

    @Test
    void every_way_to_write_base64_is_read() throws IOException {
        byte[] bytes = {(byte) 0xFB, (byte) 0xFF, (byte) 0xFE, 1};
        for (String form :
                List.of("+//+AQ==", "+//+AQ", "-__-AQ==", "+\\/\\/+AQ==", "\\u002b//\\u002BAQ\\u003d\\u003d")) {
            try (RequestBody body = read(withData(form))) {
                assertArrayEquals(bytes, Files.readAllBytes(body.inline().get(0).path()), form);
            }
        }
    }

    @Test
    void what_is_no_base64_is_told_with_its_path() {
        for (String form : List.of("A", "AB CD", "ÄÖÜ=", "AA=A", "AAA====", "AA\\n==", "\\ud83d", "=", "AAAAA")) {
            GoogleError error = assertThrows(GoogleError.class, () -> read(withData(form)), form);
            assertEquals(
                    "Invalid value at 'contents[0].parts[1].inline_data.data' (TYPE_BYTES), Base64 decoding failed",
                    error.getMessage());
            assertEquals(400, error.code());
        }
    }

    @Test
    void a_body_cut_at_any_byte_is_refused() {
        String json = withData("QUJDRA\\u003d=");
        for (int length = 0; length < json.length(); length++) {
            String cut = json.substring(0, length);
            GoogleError error = assertThrows(GoogleError.class, () -> read(cut), cut);
            assertEquals("INVALID_ARGUMENT", error.status());
        }
    }

    @Test
    void nonsense_is_refused_and_never_more() {
        for (String text : List.of(
                "]", "}}}}", "null", "[]", "\"", "{\"a\":}", "{\"\\", "{]", "[".repeat(1000), "{\"a\":".repeat(1000))) {
            assertThrows(GoogleError.class, () -> read(text), text);
        }
        assertThrows(
                GoogleError.class,
                () -> BodyReader.read(
                        new ByteArrayInputStream(new byte[] {'{', '"', (byte) 0xC3, '"', ':', '1', '}'}), space));
        Random random = new Random(7);
        String json = withData("QUJDRA==");
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            try (RequestBody body = BodyReader.read(new ByteArrayInputStream(bytes), space)) {
                Prompt.read(body);
            } catch (GoogleError refused) {
                assertEquals(400, refused.code());
            } catch (IOException failure) {
                throw new AssertionError(failure);
            }
        }
    }

    @Test
    void a_written_index_reaches_nothing_of_others() {
        String json =
                "{\"contents\":[{\"parts\":[{\"inlineData\":{\"mimeType\":\"audio/wav\",\"d\\u0061ta\":\"0\"}}]}]}";
        assertThrows(GoogleError.class, () -> {
            try (RequestBody body = read(json)) {
                Prompt.read(body);
            }
        });
    }

    @Test
    void too_much_text_and_too_large_a_body_are_refused_with_googles_words() {
        InputStream text = new SequenceInputStream(stream("{\"contents\":\""), new Endless('x'));
        assertTrue(assertThrows(GoogleError.class, () -> BodyReader.read(text, space))
                .getMessage()
                .startsWith("Request payload size exceeds the limit: 4194304 bytes."));
        InputStream data = new SequenceInputStream(
                stream("{\"contents\":[{\"parts\":[{\"inlineData\":{\"data\":\""), new Endless('A'));
        assertTrue(assertThrows(GoogleError.class, () -> BodyReader.read(data, space))
                .getMessage()
                .startsWith("Request payload size exceeds the limit: 104857600 bytes."));
    }

    @Test
    void too_many_parts_are_refused() {
        String part = "{\"inlineData\":{\"data\":\"\"}}";
        String json = "{\"contents\":[{\"parts\":[" + String.join(",", Collections.nCopies(101, part)) + "]}]}";
        assertThrows(GoogleError.class, () -> read(json));
    }

    @Test
    void fields_and_values_are_checked_with_their_path() {
        assertEquals(
                "Invalid JSON payload received. Unknown name \"bogus\" at 'contents[0].parts[0]': Cannot find field.",
                refusal("{\"contents\":[{\"parts\":[{\"bogus\":1}]}]}"));
        assertEquals(
                "Invalid JSON payload received. Unknown name \"prompt\": Cannot find field.",
                refusal("{\"prompt\":\"hello\"}"));
        assertEquals("* GenerateContentRequest.contents: contents is not specified\n", refusal("{}"));
        assertEquals(
                "Please use a valid role: user, model.",
                refusal("{\"contents\":[{\"role\":\"system\",\"parts\":[]}]}"));
        assertTrue(refusal("{\"contents\":{}}").startsWith("Invalid value at 'contents'"));
        assertTrue(refusal("{\"contents\":[{\"parts\":[{\"text\":5}]}]}").contains("contents[0].parts[0].text"));
    }

    private String refusal(String json) {
        return assertThrows(GoogleError.class, () -> {
                    try (RequestBody body = read(json)) {
                        Prompt.read(body);
                    }
                })
                .getMessage();
    }

    private RequestBody read(String json) throws IOException {
        return BodyReader.read(stream(json), space);
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String withData(String base64) {
        return "{\"contents\":[{\"parts\":[{\"text\":\"a\"},{\"inlineData\":{\"mimeType\":\"audio/wav\",\"data\":\""
                + base64 + "\"}}]}]}";
    }

    /** One byte for ever. */
    private static final class Endless extends InputStream {
        private final int value;

        Endless(int value) {
            this.value = value;
        }

        @Override
        public int read() {
            return value;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            Arrays.fill(target, offset, offset + length, (byte) value);
            return length;
        }
    }
}
