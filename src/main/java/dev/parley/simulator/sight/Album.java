package dev.parley.simulator.sight;

import java.util.Optional;

/** The pictures shown since the last answer: their number and the last one's size. Serial order of the session. */
public final class Album {
    private int count;
    private String last = "";

    /** The next picture. */
    public void add(byte[] picture) {
        count++;
        last = PictureSize.of(picture)
                .map(size -> size.width() + " \u00D7 " + size.height() + " pixels, " + kilobytes(picture.length))
                .orElse("");
    }

    /** What was seen, as a sentence, and forgets it; empty when nothing was. */
    public Optional<String> describe() {
        int shown = count;
        count = 0;
        if (shown == 0) {
            return Optional.empty();
        }
        String size = last.isEmpty() ? "" : shown == 1 ? " of " + last : ", the last one of " + last;
        return Optional.of("I was shown " + shown + (shown == 1 ? " picture" : " pictures") + size + ".");
    }

    private static String kilobytes(int bytes) {
        return Math.max(1, Math.round(bytes / 1000.0)) + " KB";
    }
}
