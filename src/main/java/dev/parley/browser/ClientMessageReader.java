package dev.parley.browser;

import dev.parley.browser.message.ClientMessage;
import dev.parley.browser.picture.PictureReader;
import dev.parley.conversation.input.ConversationRequest;
import dev.parley.conversation.input.Input;
import dev.parley.gemini.live.LiveChoice;
import dev.parley.gemini.live.LiveChoice.Wishes;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads text messages of a client. Immutable; any thread. */
final class ClientMessageReader {
    private static final Jsonb JSONB = JsonbBuilder.create();
    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

    private static final int MAX_TEXT_CHARS = 32_000;

    /** A day: nobody hears more, and sums stay far from their end. */
    private static final long LONGEST_HEARD_MILLIS = 86_400_000;

    private final PictureReader pictures;

    ClientMessageReader(PictureReader pictures) {
        this.pictures = pictures;
    }

    /**
     * What the message asks for.
     *
     * @throws ParleyException {@code BAD_MESSAGE} with what is wrong, when it asks for nothing that is known
     */
    Input read(String json) {
        ClientMessage message = parse(json);
        String type = message.type();
        if (type == null) {
            throw bad("A message needs a \"type\".");
        }
        return switch (type) {
            case "start" -> new Input.Start(request(message));
            case "text" -> new Input.TextTyped(text(message.text()));
            case "image" -> new Input.PictureShown(Optional.of(pictures.read(message.mimeType(), message.data())));
            case "activityStart" -> new Input.ActivityStarted();
            case "activityEnd" -> new Input.ActivityEnded();
            case "audioStreamEnd" -> new Input.AudioStreamEnded();
            case "heard" -> heard(message);
            case "stop" -> new Input.StopAsked();
            default -> throw bad("Messages of the type \"" + shortened(type) + "\" are not known here.");
        };
    }

    /**
     * Reads twice over, because Yasson 3.0.4 on Parsson 1.1.7 reads for ever where the text ends inside a member that
     * the record does not have; the plain reader refuses such a text first.
     */
    private static ClientMessage parse(String json) {
        try (JsonReader reader = READERS.createReader(new StringReader(json))) {
            reader.readObject();
            return JSONB.fromJson(json, ClientMessage.class);
        } catch (RuntimeException malformed) { // JsonException, JsonbException, and a plain one for deep nesting
            throw new ParleyException(
                    FailureKind.BAD_MESSAGE,
                    "A text message must be a JSON object with members of the documented types.",
                    malformed);
        }
    }

    private static ConversationRequest request(ClientMessage message) {
        ClientMessage.Audio audio = message.audio();
        return new ConversationRequest(
                audio == null ? Optional.empty() : given(audio.mimeType()),
                new LiveChoice(
                        given(message.model()),
                        given(message.voice()),
                        given(message.language()),
                        given(message.systemInstruction()),
                        given(message.modality()),
                        manual(message.turnTaking()),
                        wishes(message)));
    }

    private static Wishes wishes(ClientMessage message) {
        List<String> vocabulary = message.vocabulary();
        return new Wishes(
                Optional.ofNullable(message.interruptible()),
                vocabulary == null
                        ? List.of()
                        : vocabulary.stream().filter(Objects::nonNull).toList(),
                Boolean.TRUE.equals(message.search()),
                false);
    }

    private static boolean manual(@Nullable String turnTaking) {
        if (turnTaking == null || turnTaking.equals("auto")) {
            return false;
        }
        if (turnTaking.equals("manual")) {
            return true;
        }
        throw bad("turnTaking must be \"auto\" or \"manual\".");
    }

    private static String text(@Nullable String text) {
        if (text == null || text.isBlank()) {
            throw bad("A message of the type \"text\" needs a \"text\" that is not blank.");
        }
        if (text.length() > MAX_TEXT_CHARS) {
            throw bad("A text may have at most " + MAX_TEXT_CHARS + " characters.");
        }
        return text;
    }

    private static Input heard(ClientMessage message) {
        Long millis = message.millis();
        Integer turn = message.turn();
        if (millis == null || millis < 0 || millis > LONGEST_HEARD_MILLIS || (turn != null && turn < 0)) {
            throw bad("A message of the type \"heard\" needs \"millis\", a whole number from 0.");
        }
        return new Input.Heard(turn == null ? 0 : turn, Duration.ofMillis(millis));
    }

    private static Optional<String> given(@Nullable String value) {
        return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static String shortened(String type) {
        return type.length() <= 40 ? type : type.substring(0, 40) + "…";
    }

    private static ParleyException bad(String message) {
        return new ParleyException(FailureKind.BAD_MESSAGE, message);
    }
}
