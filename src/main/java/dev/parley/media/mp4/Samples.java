package dev.parley.media.mp4;

/** Where the samples of a track lie, in order. */
interface Samples {
    /** Goes to the next sample; false after the last that is known. Costs no more than the tables have bytes. */
    boolean advance();

    /** First byte, from the beginning of the file. */
    long position();

    /** Bytes, at least 1. */
    int size();
}
