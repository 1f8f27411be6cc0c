package dev.parley.media.recording.check;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** MP3, MP2 and ADTS AAC: frames without a container, each of which says where the next one begins. */
public final class FrameChecks {
    private static final int WINDOW = 65_536;
    private static final int ENOUGH_FRAMES = 3;

    private static final int[] BITRATES_1 = {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320};
    private static final int[] BITRATES_1_LAYER_2 = {0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384};

    /** Of both layers. */
    private static final int[] BITRATES_2 = {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160};

    private static final int[] RATES = {44_100, 48_000, 32_000};
    private static final int RATES_OF_AAC = 13;
    private static final int XING = 0x58696E67;
    private static final int INFO = 0x496E666F;

    private FrameChecks() {}

    /** How long the frame is that begins here, in bytes; 0 when none does. */
    private interface FrameLength {
        int at(ByteBuffer bytes, int at);
    }

    /**
     * Checks a file that begins as MP3.
     *
     * @param from where its frames should begin, behind ID3
     */
    public static Checked mp3(RecordingFile file, long from) {
        ByteBuffer bytes = file.read(from, WINDOW);
        int first = firstFrame(bytes, FrameChecks::mp3Length);
        if (first < 0) {
            throw Nonsense.in("MP3", "no frames of MPEG audio, layer 3, follow each other");
        }
        return new Checked("MP3", "audio/mp3", xingDuration(bytes, first));
    }

    /** Checks a file that begins as MP2, which Gemini does not take as it is. */
    public static Checked mp2(RecordingFile file, long from) {
        if (firstFrame(file.read(from, WINDOW), FrameChecks::mp2Length) != 0) {
            throw Nonsense.in("MP2", "no frames of MPEG audio, layer 2, follow each other");
        }
        return new Checked("MP2", null, null);
    }

    /** Checks a file that begins as AAC in ADTS. */
    public static Checked aac(RecordingFile file, long from) {
        if (firstFrame(file.read(from, WINDOW), FrameChecks::aacLength) != 0) {
            throw Nonsense.in("AAC", "no frames of ADTS follow each other");
        }
        return new Checked("AAC", "audio/aac", null);
    }

    /** Where three frames follow each other, or whole ones up to the end of the file; −1 when nowhere. */
    private static int firstFrame(ByteBuffer bytes, FrameLength length) {
        for (int start = 0; start + 4 <= bytes.limit(); start++) {
            int at = start;
            int frames = 0;
            int next = length.at(bytes, at);
            while (next > 0 && frames < ENOUGH_FRAMES && at + next <= bytes.limit()) {
                frames++;
                at += next;
                next = at + 4 <= bytes.limit() ? length.at(bytes, at) : 0;
            }
            boolean endsHere = bytes.limit() < WINDOW && frames > 0 && (at == bytes.limit() || next > 0);
            if (frames == ENOUGH_FRAMES || endsHere) {
                return start;
            }
        }
        return -1;
    }

    /** ISO 11172-3 §2.4.1.3, ISO 13818-3 and MPEG 2.5; layer 3 only. */
    private static int mp3Length(ByteBuffer bytes, int at) {
        int header = bytes.getInt(at);
        int version = header >> 19 & 3; // 0: MPEG 2.5, 2: MPEG 2, 3: MPEG 1
        int bitrate = header >> 12 & 15;
        int rate = header >> 10 & 3;
        boolean layer3 = (header & 0xFFE0_0000) == 0xFFE0_0000 && (header >> 17 & 3) == 1;
        if (!layer3 || version == 1 || bitrate == 0 || bitrate == 15 || rate == 3) {
            return 0;
        }
        int kilobits = version == 3 ? BITRATES_1[bitrate] : BITRATES_2[bitrate];
        int hertz = RATES[rate] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
        return (version == 3 ? 144_000 : 72_000) * kilobits / hertz + (header >> 9 & 1);
    }

    /** ISO 11172-3 §2.4.1.3 and ISO 13818-3, layer 2: 1152 samples whatever the version. */
    private static int mp2Length(ByteBuffer bytes, int at) {
        int header = bytes.getInt(at);
        int version = header >> 19 & 3;
        int bitrate = header >> 12 & 15;
        int rate = header >> 10 & 3;
        boolean layer2 = (header & 0xFFF0_0000) == 0xFFF0_0000 && (header >> 17 & 3) == 2;
        if (!layer2 || bitrate == 0 || bitrate == 15 || rate == 3) {
            return 0;
        }
        int kilobits = version == 3 ? BITRATES_1_LAYER_2[bitrate] : BITRATES_2[bitrate];
        int hertz = RATES[rate] >> (version == 3 ? 0 : 1);
        return 144_000 * kilobits / hertz + (header >> 9 & 1);
    }

    /** ISO 14496-3 §1.A.2.2. */
    private static int aacLength(ByteBuffer bytes, int at) {
        int header = bytes.getInt(at);
        boolean adts = (header & 0xFFF6_0000) == 0xFFF0_0000;
        if (!adts || (header >> 10 & 15) >= RATES_OF_AAC || at + 7 > bytes.limit()) {
            return 0;
        }
        int length = (header & 3) << 11 | (bytes.getShort(at + 4) & 0xFFFF) >> 5;
        return length > 7 ? length : 0;
    }

    /** What the encoder wrote into a first frame of its own. */
    private static @Nullable Duration xingDuration(ByteBuffer bytes, int first) {
        int header = bytes.getInt(first);
        int version = header >> 19 & 3;
        boolean mono = (header >> 6 & 3) == 3;
        int side = version == 3 ? (mono ? 17 : 32) : mono ? 9 : 17;
        int at = first + 4 + side;
        if (at + 12 > bytes.limit() || (bytes.getInt(at) != XING && bytes.getInt(at) != INFO)) {
            return null;
        }
        long frames = (bytes.getInt(at + 4) & 1) == 0 ? 0 : bytes.getInt(at + 8) & 0xFFFF_FFFFL;
        int hertz = RATES[header >> 10 & 3] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
        return Checked.duration(frames * (version == 3 ? 1_152 : 576), hertz);
    }
}
