package dev.parley.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.conversation.input.ConversationRequest;
import dev.parley.conversation.input.Input;
import dev.parley.gemini.live.LiveChoice;
import dev.parley.gemini.live.LiveConnection.Picture;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientMessageReaderTest {
    private static final ClientMessageReader READER = ClientMessageReader.of(100, Clock.systemUTC());

    /** A client counts its messages, but not those that ask for a conversation. */
    @Test
    void a_start_is_known_even_when_it_cannot_be_read() {
        for (String start : List.of(
                "{\"type\":\"start\",\"turnTaking\":\"sometimes\"}",
                "{\"type\":\"start\",\"model\":{\"a\":1}}",
                "{\"audio\":7,\"type\":\"start\"}")) {
            assertThrows(ParleyException.class, () -> READER.read(start));
            assertTrue(READER.isStart(start), start);
        }
        for (String other :
                List.of("{\"type\":\"text\"}", "{\"type\":[\"start\"]}", "start", "{\"type\":\"start\"", "{}")) {
            assertFalse(READER.isStart(other), other);
        }
    }

    @Test
    void a_picture_is_read() {
        assertEquals(
                new Input.PictureShown(Optional.of(new Picture("image/jpeg", "/9j/4AAQ"))),
                READER.read("{\"type\":\"image\",\"mimeType\":\"image/jpeg\",\"data\":\"/9j/4AAQ\"}"));
    }

    @Test
    void a_full_start_is_read() {
        Input input = READER.read("""
                {"type":"start","audio":{"mimeType":"audio/webm;codecs=opus"},"model":"m","voice":"v","language":"de-DE",
                 "systemInstruction":"be brief","modality":"AUDIO","turnTaking":"manual","record":false,"unknown":[1]}""");
        assertEquals(
                new Input.Start(new ConversationRequest(
                        Optional.of("audio/webm;codecs=opus"),
                        new LiveChoice(
                                Optional.of("m"),
                                Optional.of("v"),
                                Optional.of("de-DE"),
                                Optional.of("be brief"),
                                Optional.of("AUDIO"),
                                true))),
                input);
    }

    @Test
    void an_empty_start_takes_the_defaults() {
        assertEquals(
                new Input.Start(ConversationRequest.DEFAULT),
                READER.read("{\"type\":\"start\",\"model\":\" \",\"voice\":null}"));
    }

    @Test
    void the_small_messages_are_read() {
        assertEquals(new Input.TextTyped("hello"), READER.read("{\"type\":\"text\",\"text\":\"hello\"}"));
        assertEquals(new Input.ActivityStarted(), READER.read("{\"type\":\"activityStart\"}"));
        assertEquals(new Input.ActivityEnded(), READER.read("{\"type\":\"activityEnd\"}"));
        assertEquals(new Input.AudioStreamEnded(), READER.read("{\"type\":\"audioStreamEnd\"}"));
        assertEquals(new Input.StopAsked(), READER.read("{\"type\":\"stop\"}"));
        assertEquals(
                new Input.ToolDecided(3, false), READER.read("{\"type\":\"toolDecision\",\"call\":3,\"allow\":false}"));
        assertEquals(
                new Input.Heard(2, Duration.ofMillis(1234)),
                READER.read("{\"type\":\"heard\",\"millis\":1234,\"turn\":2}"));
        assertEquals(
                new Input.Heard(2, Duration.ofMillis(20), Optional.of(Duration.ofMillis(640))),
                READER.read("{\"type\":\"heard\",\"millis\":20,\"turn\":2,\"answeredAfterMillis\":640}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{\"type\":\"heard\",\"millis\":1,\"answeredAfterMillis\":-1}",
                "17",
                "\"start\"",
                "{",
                "{}",
                "{\"type\":\"x\",\"y\":[1",
                "{\"type\":\"stop\",\"y\":{\"z\":[",
                "{\"type\":7}",
                "{\"type\":null}",
                "{\"type\":\"nonsense\"}",
                "{\"type\":\"text\"}",
                "{\"type\":\"text\",\"text\":\"  \"}",
                "{\"type\":\"text\",\"text\":{\"a\":1}}",
                "{\"type\":\"start\",\"audio\":\"audio/webm\"}",
                "{\"type\":\"start\",\"turnTaking\":\"sometimes\"}",
                "{\"type\":\"image\",\"mimeType\":\"image/jpeg\"}",
                "{\"type\":\"image\",\"mimeType\":\"image/gif\",\"data\":\"R0lGODlh\"}",
                "{\"type\":\"heard\"}",
                "{\"type\":\"heard\",\"millis\":-1}",
                "{\"type\":\"heard\",\"millis\":\"soon\"}",
            })
    void what_is_not_understood_is_refused_as_a_bad_message(String json) {
        ParleyException refusal = assertThrows(ParleyException.class, () -> READER.read(json));
        assertEquals(FailureKind.BAD_MESSAGE, refusal.kind());
        assertTrue(refusal.getMessage().length() > 10);
    }

    @Test
    void a_text_has_a_longest_length() {
        String json = "{\"type\":\"text\",\"text\":\"" + "x".repeat(32_001) + "\"}";
        assertThrows(ParleyException.class, () -> READER.read(json));
    }

    @Test
    void mutated_messages_never_end_in_anything_but_a_refusal() {
        String valid = "{\"type\":\"start\",\"audio\":{\"mimeType\":\"audio/pcm;rate=16000\"},\"turnTaking\":\"auto\"}";
        Random random = new Random(7);
        int refused = 0;
        for (int round = 0; round < 5_000; round++) {
            StringBuilder mutated = new StringBuilder(valid);
            for (int change = 0; change < 1 + random.nextInt(4); change++) {
                mutated.setCharAt(random.nextInt(mutated.length()), (char) random.nextInt(256));
            }
            try {
                READER.read(mutated.toString());
            } catch (ParleyException expected) {
                refused++;
            }
        }
        assertTrue(refused > 2_000, "refused " + refused);
    }
}
