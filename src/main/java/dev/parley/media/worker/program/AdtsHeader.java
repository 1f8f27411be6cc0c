package dev.parley.media.worker.program;

import dev.parley.media.worker.program.source.UndecodableException;
import io.humble.video.Decoder;
import java.util.List;

/**
 * Rate and channels of a stream of ADTS frames, as its first one tells them (ISO 14496-3 §1.A.2.2). FFmpeg would find them
 * itself, but only after it has read seconds of sound.
 */
record AdtsHeader(int rate, int channels) {
    /** Bytes that tell. */
    static final int BYTES = 4;

    private static final List<Integer> RATES = List.of(
            96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350);
    private static final int SEVEN_POINT_ONE = 7;

    static AdtsHeader of(byte[] head) throws UndecodableException {
        int index = head.length < BYTES ? RATES.size() : (head[2] >> 2) & 15;
        if (index >= RATES.size()) {
            throw new UndecodableException("its first frame does not say its sampling rate");
        }
        int channels = (head[2] & 1) << 2 | (head[3] >> 6 & 3);
        return new AdtsHeader(RATES.get(index), channels == SEVEN_POINT_ONE ? channels + 1 : channels);
    }

    /** Tells the decoder. */
    void describe(Decoder decoder) {
        decoder.setProperty("ar", rate);
        decoder.setProperty("ac", channels);
    }
}
