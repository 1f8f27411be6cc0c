package dev.parley.simulator.sight;

import java.util.Optional;

/**
 * Width and height of a picture by its header (JPEG, ITU-T T.81 §B.2.2: the frame header; PNG, ISO/IEC 15948 §11.2.2: IHDR).
 *
 * @param width pixels
 * @param height pixels
 */
record PictureSize(int width, int height) {
    private static final int START_OF_FRAME = 0xC0;
    private static final int LAST_OF_FRAMES = 0xCF;
    private static final int START_OF_SCAN = 0xDA;
    private static final int PNG_SIZE_AT = 16;

    /** Reads the header; empty when there is none that makes sense. */
    static Optional<PictureSize> of(byte[] picture) {
        if (at(picture, 0) == 0xFF && at(picture, 1) == 0xD8) {
            return ofJpeg(picture);
        }
        boolean png = at(picture, 0) == 0x89 && at(picture, 1) == 'P' && at(picture, 2) == 'N' && at(picture, 3) == 'G';
        return png ? sane(word(picture, PNG_SIZE_AT + 2), word(picture, PNG_SIZE_AT + 6)) : Optional.empty();
    }

    private static Optional<PictureSize> ofJpeg(byte[] picture) {
        int position = 2;
        while (at(picture, position) == 0xFF) {
            int marker = at(picture, position + 1);
            if (isFrame(marker)) {
                return sane(word(picture, position + 7), word(picture, position + 5));
            }
            if (marker == START_OF_SCAN) {
                return Optional.empty();
            }
            position += 2 + Math.max(2, word(picture, position + 2));
        }
        return Optional.empty();
    }

    /** C4, C8 and CC are tables and reserved. */
    private static boolean isFrame(int marker) {
        return marker >= START_OF_FRAME
                && marker <= LAST_OF_FRAMES
                && marker != 0xC4
                && marker != 0xC8
                && marker != 0xCC;
    }

    private static Optional<PictureSize> sane(int width, int height) {
        return width > 0 && height > 0 ? Optional.of(new PictureSize(width, height)) : Optional.empty();
    }

    private static int word(byte[] bytes, int position) {
        return (Math.max(0, at(bytes, position)) << 8) | Math.max(0, at(bytes, position + 1));
    }

    private static int at(byte[] bytes, int position) {
        return position < bytes.length ? bytes[position] & 0xFF : -1;
    }
}
