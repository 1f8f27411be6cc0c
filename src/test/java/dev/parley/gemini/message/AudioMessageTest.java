package dev.parley.gemini.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AudioMessageTest {
    @Test
    void chunks_of_changing_length_are_encoded_each_into_a_message_of_its_own() {
        AudioMessage audio = new AudioMessage(AudioMessage.Field.AUDIO);
        byte[] pcm = new byte[5000];
        Random random = new Random(7);
        random.nextBytes(pcm);
        List<String> expected = new ArrayList<>();
        List<ByteBuffer> messages = new ArrayList<>();
        for (int round = 0; round < 500; round++) {
            int length = random.nextInt(AudioMessage.MAX_BYTES + 1);
            int offset = random.nextInt(pcm.length - length);
            String data = Base64.getEncoder().encodeToString(Arrays.copyOfRange(pcm, offset, offset + length));
            expected.add("{\"realtimeInput\":{\"audio\":{\"mimeType\":\"audio/pcm;rate=16000\",\"data\":\"" + data
                    + "\"}}}");
            messages.add(audio.of(pcm, offset, length));
        }
        assertEquals(
                expected,
                messages.stream()
                        .map(message -> StandardCharsets.UTF_8.decode(message).toString())
                        .toList());
    }

    @Test
    void more_than_one_message_holds_is_refused() {
        AudioMessage audio = new AudioMessage(AudioMessage.Field.AUDIO);
        assertThrows(IllegalArgumentException.class, () -> audio.of(new byte[4000], 0, 3202));
        assertThrows(IndexOutOfBoundsException.class, () -> audio.of(new byte[10], 8, 4));
    }
}
