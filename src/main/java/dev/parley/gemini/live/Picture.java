package dev.parley.gemini.live;

/**
 * One frame of what a person shows.
 *
 * @param mimeType {@code image/jpeg} or {@code image/png}
 * @param base64 the file in the standard alphabet, padded, so that it can be sent as it came
 */
public record Picture(String mimeType, String base64) {
    @Override
    public String toString() {
        return "Picture[" + mimeType + ", " + base64.length() + " characters]"; // what it shows is nobody's business
    }
}
