package dev.parley.media.opus.decoder;

/** What a packet consists of, by its first bytes (RFC 6716 §3). Reused for packet after packet. */
final class PacketLayout {
    /** Samples at 48 kHz of 120 ms. */
    static final int MAX_SAMPLES = 5_760;

    private static final int MAX_FRAMES = 48;
    private static final int MAX_FRAME_BYTES = 1_275;

    /** How a frame is coded. */
    enum Mode {
        /** Nothing was decoded yet. */
        NONE,
        SILK,
        HYBRID,
        CELT
    }

    private final int[] sizes = new int[MAX_FRAMES];

    Mode mode = Mode.NONE;
    int channels = 1;
    int frameSamples = 120;
    /** Of SILK, in thousands of samples in a second. */
    int rate = 16;
    /** Behind CELT's last band. */
    int endBand = 21;

    int frames;
    /** Where the first frame begins. */
    int begin;

    private int position;
    private int left;

    /** Bytes of a frame. */
    int size(int frame) {
        return sizes[frame];
    }

    /**
     * Reads the layout. When it is refused, what was read before stays.
     *
     * @throws MalformedPacket when the bytes cannot be divided into frames
     */
    void read(byte[] packet, int at, int length) throws MalformedPacket {
        if (length < 1) {
            throw new MalformedPacket("no bytes");
        }
        position = at + 1;
        left = length - 1;
        int toc = packet[at] & 0xFF;
        int count;
        switch (toc & 3) {
            case 0 -> count = 1;
            case 1 -> {
                count = 2;
                divide(2);
            }
            case 2 -> {
                count = 2;
                sizes[0] = readSize(packet);
                left -= sizes[0];
            }
            default -> count = readMany(packet, frameSamples(toc));
        }
        if (left < 0) {
            throw new MalformedPacket("frames longer than the packet");
        }
        sizes[count - 1] = left;
        if (left > MAX_FRAME_BYTES) {
            throw new MalformedPacket("a frame of " + left + " bytes");
        }
        frames = count;
        begin = position;
        describe(toc);
    }

    private int readMany(byte[] packet, int samples) throws MalformedPacket {
        int header = next(packet);
        int count = header & 0x3F;
        if (count == 0 || samples * count > MAX_SAMPLES) {
            throw new MalformedPacket(count + " frames of " + samples + " samples");
        }
        if ((header & 0x40) != 0) {
            int padding;
            do {
                padding = next(packet);
                left -= Math.min(padding, 254);
            } while (padding == 255);
        }
        if (left < 0) {
            throw new MalformedPacket("padding longer than the packet");
        }
        if ((header & 0x80) == 0) {
            divide(count);
        } else {
            for (int i = 0; i < count - 1; i++) {
                sizes[i] = readSize(packet);
                left -= sizes[i];
            }
        }
        return count;
    }

    /** Frames of equal size; all but the last one are taken. */
    private void divide(int count) throws MalformedPacket {
        if (left % count != 0) {
            throw new MalformedPacket(left + " bytes for " + count + " equal frames");
        }
        int size = left / count;
        for (int i = 0; i < count - 1; i++) {
            sizes[i] = size;
        }
        left = size;
    }

    private int readSize(byte[] packet) throws MalformedPacket {
        int size = next(packet);
        if (size >= 252) {
            size += 4 * next(packet);
        }
        if (size > left) {
            throw new MalformedPacket("a frame longer than the packet");
        }
        return size;
    }

    private int next(byte[] packet) throws MalformedPacket {
        if (left < 1) {
            throw new MalformedPacket("cut off within its header");
        }
        left--;
        return packet[position++] & 0xFF;
    }

    private void describe(int toc) {
        frameSamples = frameSamples(toc);
        channels = (toc & 4) != 0 ? 2 : 1;
        int config = toc >> 3;
        if (config < 12) {
            mode = Mode.SILK;
            rate = 8 + 4 * (config >> 2);
            endBand = rate == 8 ? 13 : 17;
        } else if (config < 16) {
            mode = Mode.HYBRID;
            rate = 16;
            endBand = config < 14 ? 19 : 21;
        } else {
            mode = Mode.CELT;
            endBand = switch (config >> 2 & 3) {
                case 0 -> 13;
                case 1 -> 17;
                case 2 -> 19;
                default -> 21;
            };
        }
    }

    /** Samples at 48 kHz of one frame (table 2). */
    static int frameSamples(int toc) {
        int config = toc >> 3;
        if (config < 12) {
            return config % 4 == 3 ? 2_880 : 480 << config % 4;
        }
        return config < 16 ? 480 << config % 2 : 120 << config % 4;
    }
}
