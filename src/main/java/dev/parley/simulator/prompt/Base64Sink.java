package dev.parley.simulator.prompt;

import dev.parley.simulator.files.DiskFile;
import java.io.IOException;
import java.util.Arrays;

/** Decodes base64 into a file as it comes, in either alphabet, with or without padding. One thread. */
final class Base64Sink {
    private static final int BUFFER_BYTES = 48 << 10;
    private static final byte NONE = -1;
    private static final byte PADDING = -2;
    private static final byte[] VALUES = values();

    private final DiskFile file;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int filled;
    private int bits;
    private int held;
    private int padding;
    private boolean broken;

    Base64Sink(DiskFile file) {
        this.file = file;
    }

    /** Takes the next character; what is no base64 is remembered and told at the end. */
    void accept(int character) throws IOException {
        byte value = character < VALUES.length ? VALUES[character] : NONE;
        if (value == PADDING) {
            padding++;
        } else if (value == NONE || padding > 0) {
            broken = true;
        } else {
            bits = (bits << 6) | value;
            held++;
            if (held == 4) {
                add(3);
                bits = 0;
                held = 0;
            }
        }
    }

    /** Writes the rest; answers whether everything was base64. */
    boolean finish() throws IOException {
        if (broken || held == 1 || padding > 2 || (padding > 0 && (held + padding) % 4 != 0)) {
            return false;
        }
        if (held > 0) {
            bits <<= 6 * (4 - held);
            add(held - 1);
        }
        file.append(buffer, 0, filled);
        file.complete();
        return true;
    }

    /** The highest {@code count} of three bytes. */
    private void add(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            buffer[filled++] = (byte) (bits >> (16 - 8 * i));
        }
        if (filled > BUFFER_BYTES - 3) {
            file.append(buffer, 0, filled);
            filled = 0;
        }
    }

    private static byte[] values() {
        byte[] values = new byte[128];
        Arrays.fill(values, NONE);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            values[alphabet.charAt(i)] = (byte) i;
        }
        values['-'] = 62;
        values['_'] = 63;
        values['='] = PADDING;
        return values;
    }
}
