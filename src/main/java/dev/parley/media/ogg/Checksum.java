package dev.parley.media.ogg;

/** The checksum of a page (RFC 3533 §6): generator 0x04C11DB7, nothing reflected, nothing inverted. */
final class Checksum {
    private static final int GENERATOR = 0x04C11DB7;
    private static final int[] TABLE = table();

    private Checksum() {}

    /** Goes on from {@code checksum}, 0 at the beginning. */
    static int of(int checksum, byte[] bytes, int from, int to) {
        int sum = checksum;
        for (int i = from; i < to; i++) {
            sum = (sum << 8) ^ TABLE[(sum >>> 24) ^ (bytes[i] & 0xFF)];
        }
        return sum;
    }

    private static int[] table() {
        int[] table = new int[256];
        for (int i = 0; i < table.length; i++) {
            int value = i << 24;
            for (int bit = 0; bit < 8; bit++) {
                value = (value << 1) ^ (value < 0 ? GENERATOR : 0);
            }
            table[i] = value;
        }
        return table;
    }
}
