package dev.parley.browser.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.gemini.live.LiveConnection.Picture;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import dev.parley.testkit.ManualTime;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class PictureReaderTest {
    private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0, 0, 16};
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0};

    private final PictureReader reader = new PictureReader(60);

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private FailureKind refusal(String mimeType, String data) {
        return assertThrows(ParleyException.class, () -> reader.read(mimeType, data))
                .kind();
    }

    @Test
    void what_it_says_it_is_passes_as_it_came() {
        assertEquals(new Picture("image/jpeg", base64(JPEG)), reader.read(" IMAGE/JPEG ", base64(JPEG)));
        assertEquals(new Picture("image/png", base64(PNG)), reader.read("image/png", base64(PNG)));
    }

    @Test
    void the_first_bytes_count_not_the_type() {
        assertEquals(FailureKind.BAD_MESSAGE, refusal("image/png", base64(JPEG)));
        assertEquals(FailureKind.BAD_MESSAGE, refusal("image/jpeg", base64(PNG)));
        assertEquals(
                FailureKind.BAD_MESSAGE,
                refusal("image/jpeg", base64("<script>".getBytes(java.nio.charset.StandardCharsets.UTF_8))));
        assertEquals(FailureKind.BAD_MESSAGE, refusal("image/jpeg", base64(new byte[] {(byte) 0xFF})));
        assertEquals(FailureKind.BAD_MESSAGE, refusal("image/svg+xml", base64(JPEG)));
    }

    @Test
    void what_a_server_would_close_the_conversation_over_is_refused_here() {
        assertEquals(FailureKind.BAD_MESSAGE, refusal("image/jpeg", "/9j/4AA")); // padding
        assertEquals(FailureKind.BAD_MESSAGE, refusal("image/jpeg", "_9j_4AAQ"));
        assertEquals(FailureKind.BAD_MESSAGE, refusal("image/jpeg", "/9j/4AAQ\n/9j/4AAQ"));
        assertEquals(FailureKind.BAD_MESSAGE, refusal("image/jpeg", ""));
    }

    @Test
    void the_bound_counts_decoded_bytes_and_is_told() {
        byte[] fits = java.util.Arrays.copyOf(JPEG, 60);
        assertEquals(80, reader.read("image/jpeg", base64(fits)).base64().length());
        byte[] more = java.util.Arrays.copyOf(JPEG, 63);
        ParleyException refused = assertThrows(ParleyException.class, () -> reader.read("image/jpeg", base64(more)));
        assertEquals(FailureKind.TOO_LARGE, refused.kind());
        assertTrue(refused.getMessage().contains("60 bytes"), refused.getMessage());
    }

    @Test
    void one_a_second_passes_also_when_the_network_shakes() {
        ManualTime time = new ManualTime();
        PicturePace pace = new PicturePace(time);
        assertTrue(pace.take());
        assertFalse(pace.take());
        time.advance(Duration.ofMillis(600)); // 400 early
        assertTrue(pace.take());
        time.advance(Duration.ofMillis(600)); // 800 early by now
        assertFalse(pace.take());
        time.advance(Duration.ofMillis(800));
        assertTrue(pace.take());
    }

    @Test
    void however_often_they_come_one_a_second_passes() {
        ManualTime time = new ManualTime();
        PicturePace pace = new PicturePace(time);
        int passed = 0;
        for (int i = 0; i < 600; i++) { // a minute, ten times a second
            passed += pace.take() ? 1 : 0;
            time.advance(Duration.ofMillis(100));
        }
        assertTrue(passed >= 60 && passed <= 61, "passed " + passed);
    }
}
