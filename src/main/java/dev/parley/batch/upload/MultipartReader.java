package dev.parley.batch.upload;

import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * {@code multipart/form-data} (RFC 7578, RFC 2046 §5.1) as it comes: part after part, each read before the next. Own,
 * because the containers' readers spool the whole body to places and bounds of theirs before they tell of it. One
 * thread; malformed input is a {@link ParleyException}.
 */
final class MultipartReader {
    private static final int BUFFER = 64 << 10;
    private static final int SCRAP = 8 << 10;
    private static final int MOST_PARTS = 100;
    private static final int MOST_HEADER_BYTES = 8 << 10;
    private static final int LONGEST_BOUNDARY = 70;
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final byte[] HEADERS_END = {'\r', '\n', '\r', '\n'};

    private final InputStream in;
    private final byte[] delimiter;
    private final byte[] buffer = new byte[BUFFER];
    private final byte[] scrap = new byte[SCRAP];
    private final String recording;
    private final int mostOtherBytes;
    private int otherBytes;
    private int parts;
    private boolean unbounded;
    private int begin;
    private int end;
    private boolean inPart = true; // the preamble is read as a part that nobody wants
    private boolean over;

    /**
     * A reader at the beginning of a body.
     *
     * @param recording the name of the parts whose length is the caller's business
     * @param mostOtherBytes in all other parts together
     */
    MultipartReader(InputStream in, String boundary, String recording, int mostOtherBytes) {
        if (boundary.isEmpty() || boundary.length() > LONGEST_BOUNDARY) {
            throw malformed("its boundary has " + boundary.length() + " characters");
        }
        this.in = in;
        this.recording = recording;
        this.mostOtherBytes = mostOtherBytes;
        delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        // The first delimiter has no line end before it unless there is a preamble.
        System.arraycopy(LINE_END, 0, buffer, 0, LINE_END.length);
        end = LINE_END.length;
    }

    /** Goes to the next part; its content is then read with {@link #read}. Empty at the end. */
    Optional<PartHeaders> next() throws IOException {
        while (inPart) {
            read(scrap, 0, scrap.length);
        }
        if (over) {
            return Optional.empty();
        }
        require(2);
        if (buffer[begin] == '-' && buffer[begin + 1] == '-') {
            over = true;
            return Optional.empty();
        }
        parts++;
        if (parts > MOST_PARTS) {
            throw malformed("it has more than " + MOST_PARTS + " parts");
        }
        PartHeaders headers = PartHeaders.parse(headers());
        unbounded = headers.name().equals(recording);
        inPart = true;
        return Optional.of(headers);
    }

    /** Bytes of the current part; -1 at its end. */
    int read(byte[] target, int offset, int length) throws IOException {
        while (inPart) {
            int at = find(delimiter);
            if (at == begin) {
                begin += delimiter.length;
                inPart = false;
            } else {
                // What may be the beginning of a delimiter waits for the rest of it.
                int safe = (at < 0 ? end - delimiter.length + 1 : at) - begin;
                if (safe > 0) {
                    int count = Math.min(safe, length);
                    System.arraycopy(buffer, begin, target, offset, count);
                    begin += count;
                    countOther(count);
                    return count;
                }
                fill();
            }
        }
        return -1;
    }

    private void countOther(int bytes) {
        if (!unbounded) {
            otherBytes += bytes;
            if (otherBytes > mostOtherBytes) {
                throw malformed("it has more than " + mostOtherBytes + " bytes beside the recording");
            }
        }
    }

    /** The header lines of a part, without the empty line after them; the rest of the delimiter's line is dropped. */
    private String headers() throws IOException {
        int at;
        while ((at = find(HEADERS_END)) < 0) {
            if (end - begin > MOST_HEADER_BYTES) {
                throw malformed("the headers of a part are longer than " + MOST_HEADER_BYTES + " bytes");
            }
            fill();
        }
        String text = new String(buffer, begin, at - begin, StandardCharsets.UTF_8);
        begin = at + HEADERS_END.length;
        return text;
    }

    private int find(byte[] wanted) {
        for (int i = begin; i <= end - wanted.length; i++) {
            if (buffer[i] == wanted[0] && Arrays.equals(buffer, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }

    private void require(int bytes) throws IOException {
        while (end - begin < bytes) {
            fill();
        }
    }

    private void fill() throws IOException {
        if (begin > 0) {
            System.arraycopy(buffer, begin, buffer, 0, end - begin);
            end -= begin;
            begin = 0;
        }
        int read = in.read(buffer, end, BUFFER - end);
        if (read < 0) {
            throw malformed("it ends inside a part");
        }
        end += read;
    }

    private static ParleyException malformed(String why) {
        return new ParleyException(
                FailureKind.BAD_MESSAGE, "The multipart/form-data body cannot be read: " + why + ". Send it again.");
    }
}
