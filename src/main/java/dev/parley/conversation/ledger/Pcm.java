package dev.parley.conversation.ledger;

import java.time.Duration;

/** Arithmetic of PCM s16le mono. */
public final class Pcm {
    /** What the upstream takes. */
    public static final int INPUT_RATE = 16_000;

    /** What the upstream gives unless it says otherwise. */
    public static final int OUTPUT_RATE = 24_000;

    private static final int BYTES_PER_SAMPLE = 2;

    private Pcm() {}

    /** How long {@code bytes} of audio last. */
    public static Duration duration(long bytes, int rate) {
        return Duration.ofMillis(bytes * 1000 / BYTES_PER_SAMPLE / rate);
    }
}
