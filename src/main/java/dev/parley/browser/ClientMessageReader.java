package dev.parley.browser;

import dev.parley.browser.message.ClientMessage;
import dev.parley.browser.picture.PicturePace;
import dev.parley.browser.picture.PictureReader;
import dev.parley.conversation.input.ConversationRequest;
import dev.parley.conversation.input.ConversationRequest.Resumption;
import dev.parley.conversation.input.Input;
import dev.parley.gemini.live.LiveChoice;
import dev.parley.gemini.live.LiveChoice.Wishes;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import dev.parley.shared.settings.Secret;
import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.io.StringReader;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads text messages of one client. One thread at a time. */
final class ClientMessageReader {
    private static final Jsonb JSONB = JsonbBuilder.create();
    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

    private static final int MAX_TEXT_CHARS = 32_000;

    /** A day: nobody hears more, and sums stay far from their end. */
    private static final long LONGEST_HEARD_MILLIS = 86_400_000;

    /** Only a picture is longer; one that comes too soon is not even read. */
    private static final int LONGEST_WORDS = 256 << 10;

    private final PictureReader pictures;
    private final PicturePace pace;

    private ClientMessageReader(PictureReader pictures, PicturePace pace) {
        this.pictures = pictures;
        this.pace = pace;
    }

    /** Reads what one client sends, with pictures of at most that many bytes. */
    static ClientMessageReader of(int maxImageBytes, Clock clock) {
        return new ClientMessageReader(new PictureReader(maxImageBytes), new PicturePace(clock));
    }

    /**
     * What the message asks for; a picture that comes too soon is left out.
     *
     * @throws ParleyException {@code BAD_MESSAGE} with what is wrong, when it asks for nothing that is known
     */
    Input read(String json) {
        boolean large = json.length() > LONGEST_WORDS;
        if (large && !pace.take()) {
            return new Input.PictureShown(Optional.empty());
        }
        Input input = input(parse(json));
        boolean tooSoon = input instanceof Input.PictureShown && !large && !pace.take();
        return tooSoon ? new Input.PictureShown(Optional.empty()) : input;
    }

    /** Whether a message that could not be read was one that asks for a conversation. */
    boolean isStart(String json) {
        try (JsonReader reader = READERS.createReader(new StringReader(json))) {
            return reader.readObject().get("type") instanceof JsonString type
                    && type.getString().equals("start");
        } catch (RuntimeException malformed) {
            return false;
        }
    }

    private Input input(ClientMessage message) {
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
            case "toolDecision" -> decision(message);
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
                        wishes(message)),
                given(message.resume())
                        .map(token -> new Resumption(
                                new Secret(token),
                                Optional.ofNullable(message.lastHeardTurn()).filter(turn -> turn > 0),
                                Optional.ofNullable(message.lastHeardMillis())
                                        .map(millis -> millis(millis, "lastHeardMillis")))));
    }

    private static Wishes wishes(ClientMessage message) {
        List<String> vocabulary = message.vocabulary();
        return new Wishes(
                Optional.ofNullable(message.interruptible()),
                vocabulary == null
                        ? List.of()
                        : vocabulary.stream().filter(Objects::nonNull).toList(),
                Boolean.TRUE.equals(message.search()));
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
        if (millis == null || (turn != null && turn < 0)) {
            throw bad("A message of the type \"heard\" needs \"millis\", a whole number from 0.");
        }
        return new Input.Heard(
                turn == null ? 0 : turn,
                millis(millis, "millis"),
                Optional.ofNullable(message.answeredAfterMillis()).map(after -> millis(after, "answeredAfterMillis")));
    }

    private static Duration millis(long millis, String member) {
        if (millis < 0 || millis > LONGEST_HEARD_MILLIS) {
            throw bad("\"" + member + "\" must be a whole number from 0.");
        }
        return Duration.ofMillis(millis);
    }

    private static Input decision(ClientMessage message) {
        Long call = message.call();
        Boolean allow = message.allow();
        if (call == null || allow == null) {
            throw bad("A message of the type \"toolDecision\" needs \"call\", the number of a call, and \"allow\".");
        }
        return new Input.ToolDecided(call, allow);
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
