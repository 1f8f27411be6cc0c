package dev.parley.gemini.message;

import java.util.Optional;

/** Input that is streamed; exactly one member is set. Audio has its own writer, {@link AudioMessage}. */
public record RealtimeInputMessage(RealtimeInput realtimeInput) {
    /** The members, of which one is present. */
    public record RealtimeInput(
            Optional<String> text,
            Optional<Empty> activityStart,
            Optional<Empty> activityEnd,
            Optional<Boolean> audioStreamEnd) {}

    private static final Optional<Empty> PRESENT = Optional.of(Empty.PRESENT);

    /** Typed text. */
    public static RealtimeInputMessage ofText(String text) {
        return of(Optional.of(text), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The person begins to speak, where the server's detection is off. */
    public static RealtimeInputMessage ofActivityStart() {
        return of(Optional.empty(), PRESENT, Optional.empty(), Optional.empty());
    }

    /** The person is done speaking, where the server's detection is off. */
    public static RealtimeInputMessage ofActivityEnd() {
        return of(Optional.empty(), Optional.empty(), PRESENT, Optional.empty());
    }

    /** The microphone pauses. */
    public static RealtimeInputMessage ofAudioStreamEnd() {
        return of(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(true));
    }

    private static RealtimeInputMessage of(
            Optional<String> text, Optional<Empty> start, Optional<Empty> end, Optional<Boolean> streamEnd) {
        return new RealtimeInputMessage(new RealtimeInput(text, start, end, streamEnd));
    }
}
