package dev.parley.simulator.sound;

/** A sound to be spoken, made piece by piece while it is sent. Used by one thread at a time. */
public interface Voice {
    /** Samples per second of what is made. */
    int RATE = 24_000;

    /** Samples not yet made. */
    int remaining();

    /** The next {@code samples} samples, or what is left; s16le mono. Empty at the end. */
    byte[] next(int samples);
}
