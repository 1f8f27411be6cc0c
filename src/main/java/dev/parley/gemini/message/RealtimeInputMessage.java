package dev.parley.gemini.message;

import java.util.List;
import java.util.Optional;

/** Input that is streamed; exactly one member is set. Audio has its own writer, {@link AudioMessage}. */
public record RealtimeInputMessage(RealtimeInput realtimeInput) {
    /** The members, of which one is present. */
    public record RealtimeInput(
            Optional<String> text,
            Optional<Blob> video,
            Optional<List<Blob>> mediaChunks,
            Optional<Empty> activityStart,
            Optional<Empty> activityEnd,
            Optional<Boolean> audioStreamEnd) {}

    /**
     * Bytes with their type.
     *
     * @param data base64
     */
    public record Blob(String mimeType, String data) {}

    private static final RealtimeInput NOTHING = new RealtimeInput(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Typed text. */
    public static RealtimeInputMessage ofText(String text) {
        return of(Optional.of(text), NOTHING.video, NOTHING.mediaChunks);
    }

    /** One frame of what the person shows. */
    public static RealtimeInputMessage ofVideo(String mimeType, String base64) {
        return of(NOTHING.text, Optional.of(new Blob(mimeType, base64)), NOTHING.mediaChunks);
    }

    /** The same for servers of December 2024: a list of which the first counts. */
    public static RealtimeInputMessage ofMediaChunk(String mimeType, String base64) {
        return of(NOTHING.text, NOTHING.video, Optional.of(List.of(new Blob(mimeType, base64))));
    }

    private static RealtimeInputMessage of(
            Optional<String> text, Optional<Blob> video, Optional<List<Blob>> mediaChunks) {
        return new RealtimeInputMessage(new RealtimeInput(
                text, video, mediaChunks, NOTHING.activityStart, NOTHING.activityEnd, NOTHING.audioStreamEnd));
    }

    /** The person begins to speak, where the server's detection is off. */
    public static RealtimeInputMessage ofActivityStart() {
        return mark(Optional.of(Empty.PRESENT), NOTHING.activityEnd, NOTHING.audioStreamEnd);
    }

    /** The person is done speaking, where the server's detection is off. */
    public static RealtimeInputMessage ofActivityEnd() {
        return mark(NOTHING.activityStart, Optional.of(Empty.PRESENT), NOTHING.audioStreamEnd);
    }

    /** The microphone pauses. */
    public static RealtimeInputMessage ofAudioStreamEnd() {
        return mark(NOTHING.activityStart, NOTHING.activityEnd, Optional.of(true));
    }

    private static RealtimeInputMessage mark(Optional<Empty> start, Optional<Empty> end, Optional<Boolean> streamEnd) {
        return new RealtimeInputMessage(
                new RealtimeInput(NOTHING.text, NOTHING.video, NOTHING.mediaChunks, start, end, streamEnd));
    }
}
