package dev.parley.media.recording.check;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** WAV (RIFF and RF64) and AIFF: chunks, of which one describes the sound and one holds it. */
public final class ChunkChecks {
    private static final int MAX_CHUNKS = 1_000;
    private static final int FIRST_CHUNK = 12;
    private static final int MAX_DESCRIPTION = 64;

    private static final int PCM = 1;
    private static final int FLOAT = 3;
    private static final int EXTENSIBLE = 0xFFFE;
    private static final int MIN_RATE = 1_000;
    private static final int MAX_RATE = 768_000;
    private static final int MAX_CHANNELS = 64;

    private final RecordingFile file;
    private final String kind;
    private final ByteOrder order;
    private long soundBytes;

    private ChunkChecks(RecordingFile file, String kind, ByteOrder order) {
        this.file = file;
        this.kind = kind;
        this.order = order;
    }

    /** Checks a file that begins as WAV. */
    public static Checked wav(RecordingFile file) {
        ChunkChecks checks = new ChunkChecks(file, "WAV", ByteOrder.LITTLE_ENDIAN);
        ByteBuffer format = checks.description("fmt ", 16, "data", 0);
        int code = format.getShort(0) & 0xFFFF;
        int channels = format.getShort(2) & 0xFFFF;
        int rate = format.getInt(4);
        int frame = format.getShort(12) & 0xFFFF;
        int bits = format.getShort(14) & 0xFFFF;
        if (code == EXTENSIBLE && format.limit() >= 26) {
            code = format.getShort(24) & 0xFFFF;
        }
        checks.requireSane(channels, rate);
        boolean samples = code == PCM || code == FLOAT;
        if (samples && (bits < 8 || bits > 64 || frame != channels * ((bits + 7) / 8))) {
            throw Nonsense.in("WAV", "samples of " + bits + " bits in frames of " + frame + " bytes");
        }
        checks.requireSound(Math.max(1, frame));
        return new Checked(
                samples ? "WAV" : "WAV with compressed sound (format " + code + ")",
                samples ? "audio/wav" : null,
                samples ? Checked.duration(checks.soundBytes / frame, rate) : null);
    }

    /** Checks a file that begins as AIFF or AIFC. */
    public static Checked aiff(RecordingFile file) {
        ChunkChecks checks = new ChunkChecks(file, "AIFF", ByteOrder.BIG_ENDIAN);
        ByteBuffer common = checks.description("COMM", 18, "SSND", 8);
        int channels = common.getShort(0) & 0xFFFF;
        long frames = common.getInt(2) & 0xFFFF_FFFFL;
        int rate = extended(common);
        checks.requireSane(channels, rate);
        checks.requireSound(1);
        String compression = common.limit() >= 22 ? tag(common, 18) : "NONE";
        boolean samples =
                switch (compression) {
                    case "NONE", "sowt", "twos", "fl32", "FL32", "in24", "in32" -> true;
                    default -> file.read(8, 4).getInt() == 0x41494646; // plain AIFF has no compression
                };
        return new Checked(
                samples ? "AIFF" : "AIFC with compressed sound",
                samples ? "audio/aiff" : null,
                samples ? Checked.duration(frames, rate) : null);
    }

    /** The description, once sound follows or came before it. */
    private ByteBuffer description(String descriptionTag, int least, String soundTag, int soundHeader) {
        ByteBuffer description = null;
        boolean sound = false;
        long at = FIRST_CHUNK;
        for (int i = 0; i < MAX_CHUNKS && file.size() - at >= 8 && !(sound && description != null); i++) {
            ByteBuffer header = file.read(at, 8).order(order);
            long size = header.getInt(4) & 0xFFFF_FFFFL;
            String tag = tag(header, 0);
            long left = file.size() - at - 8;
            if (tag.equals(descriptionTag)) {
                description =
                        file.read(at + 8, (int) Math.min(MAX_DESCRIPTION, size)).order(order);
                if (description.limit() < least) {
                    throw Nonsense.in(kind, "its description is cut off");
                }
            } else if (tag.equals(soundTag)) {
                sound = true;
                // Recorders that could not go back leave 0 or all ones; RF64 has the size elsewhere.
                boolean known = size > 0 && size < 0xFFFF_FFFFL;
                soundBytes = Math.max(0, (known ? Math.min(size, left) : left) - soundHeader);
            }
            at += 8 + size + (size & 1);
        }
        if (!sound) {
            throw Nonsense.in(kind, "it holds no sound");
        }
        return required(description);
    }

    private ByteBuffer required(@Nullable ByteBuffer description) {
        if (description == null) {
            throw Nonsense.in(kind, "it does not say what its sound is");
        }
        return description;
    }

    private void requireSane(int channels, int rate) {
        if (channels < 1 || channels > MAX_CHANNELS || rate < MIN_RATE || rate > MAX_RATE) {
            throw Nonsense.in(kind, channels + " channels at " + rate + " Hz");
        }
    }

    private void requireSound(int least) {
        if (soundBytes < least) {
            throw Nonsense.in(kind, "it holds no sound");
        }
    }

    /** The 80 bit number of COMM, as far as a sampling rate needs it; −1 when it is none. */
    private static int extended(ByteBuffer common) {
        int exponent = (common.getShort(8) & 0xFFFF) - 16_383;
        long mantissa = common.getLong(10);
        return exponent < 0 || exponent > 30 ? -1 : (int) (mantissa >>> (63 - exponent));
    }

    private static String tag(ByteBuffer bytes, int at) {
        StringBuilder tag = new StringBuilder();
        for (int i = at; i < at + 4; i++) {
            tag.append((char) (bytes.get(i) & 0xFF));
        }
        return tag.toString();
    }
}
