package dev.parley.browser.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Any text message of a client; which members count depends on {@code type}. Unknown members are ignored.
 *
 * @param type what it is
 * @param audio with {@code start}: what will come
 * @param model with {@code start}
 * @param voice with {@code start}
 * @param language with {@code start}: BCP 47
 * @param systemInstruction with {@code start}
 * @param modality with {@code start}: {@code AUDIO} or {@code TEXT}
 * @param turnTaking with {@code start}: {@code auto} or {@code manual}
 * @param resume with {@code start}: the token of a conversation to go on with
 * @param lastHeardMillis with {@code start} and {@code resume}: what the client has of the answer it heard last
 * @param lastHeardTurn with {@code lastHeardMillis}: which turn
 * @param interruptible with {@code start}: whether speaking cuts the answer
 * @param vocabulary with {@code start}: words that may be said
 * @param search with {@code start}: whether the model may look things up
 * @param text with {@code text}
 * @param mimeType with {@code image}: {@code image/jpeg} or {@code image/png}
 * @param data with {@code image}: base64
 * @param millis with {@code heard}: model audio of the turn played so far
 * @param turn with {@code heard}: which turn
 * @param answeredAfterMillis with {@code heard}, at the first sound of an answer: since the person last said something
 * @param call with {@code toolDecision}: number of the call
 * @param allow with {@code toolDecision}: whether it may run
 */
public record ClientMessage(
        @Nullable String type,
        @Nullable Audio audio,
        @Nullable String model,
        @Nullable String voice,
        @Nullable String language,
        @Nullable String systemInstruction,
        @Nullable String modality,
        @Nullable String turnTaking,
        @Nullable String resume,
        @Nullable Long lastHeardMillis,
        @Nullable Integer lastHeardTurn,
        @Nullable Boolean interruptible,
        @Nullable List<String> vocabulary,
        @Nullable Boolean search,
        @Nullable String text,
        @Nullable String mimeType,
        @Nullable String data,
        @Nullable Long millis,
        @Nullable Integer turn,
        @Nullable Long answeredAfterMillis,
        @Nullable Long call,
        @Nullable Boolean allow) {
    /**
     * The audio a client will send.
     *
     * @param mimeType such as {@code audio/webm;codecs=opus}
     */
    public record Audio(@Nullable String mimeType) {}
}
