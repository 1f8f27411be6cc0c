package dev.parley.simulator.prompt;

import dev.parley.simulator.fault.GoogleError;
import dev.parley.simulator.fault.RestFault;
import dev.parley.simulator.files.DiskFile;
import dev.parley.simulator.files.DiskSpace;
import dev.parley.simulator.protocol.LiveJson;
import dev.parley.simulator.protocol.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a JSON body of up to 100 MB without holding it: the JSON parsers of the platform give a text as a whole only,
 * so this goes before them, finds each {@code inlineData.data} by its place, decodes it to disk as it comes, and leaves
 * the index of its file there. What remains is bounded and read as any other message; whether it is JSON at all is
 * judged there. One body, one thread; blocks.
 */
public final class BodyReader {
    /** Google's bound since January 2026. */
    static final int MAX_BODY_BYTES = 100 << 20;

    /** Of everything that is not inline data. */
    static final int MAX_TEXT_BYTES = 4 << 20;

    static final int MAX_INLINE = 100;
    private static final int BUFFER_BYTES = 64 << 10;
    private static final int LONGEST_KEY = 64;
    private static final int ESCAPE_DIGITS = 4;

    private final InputStream in;
    private final DiskSpace space;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int filled;
    private int at;
    private long total;
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private final JsonPlace place = new JsonPlace();
    private final List<DiskFile> inline = new ArrayList<>();

    private BodyReader(InputStream in, DiskSpace space) {
        this.in = in;
        this.space = space;
    }

    /**
     * Reads a body to its end.
     *
     * @throws GoogleError when it is not a JSON object, is too large, or holds what is no base64
     */
    public static RequestBody read(InputStream in, DiskSpace space) throws IOException {
        BodyReader reader = new BodyReader(in, space);
        boolean done = false;
        try {
            RequestBody body = reader.read();
            done = true;
            return body;
        } catch (Refusal refusal) {
            throw GoogleError.invalid(refusal);
        } finally {
            if (!done) {
                reader.inline.forEach(DiskFile::close);
            }
        }
    }

    private RequestBody read() throws IOException {
        for (int next = next(); next >= 0; next = next()) {
            keep(next);
            if (next != '"') {
                place.sees(next);
            } else if (place.isKey()) {
                key();
            } else if (place.isInlineData()) {
                spill();
            } else {
                copyString();
            }
        }
        try {
            String json = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text.toByteArray()))
                    .toString();
            return new RequestBody(LiveJson.read(json), List.copyOf(inline));
        } catch (CharacterCodingException failure) {
            throw GoogleError.invalid("Invalid JSON payload received. The text is not UTF-8.");
        }
    }

    /** Only the first bytes of a name matter, and an escaped spelling is none that is looked for. */
    private void key() throws IOException {
        StringBuilder name = new StringBuilder();
        for (int next = next(); next >= 0 && next != '"'; next = next()) {
            keep(next);
            if (name.length() < LONGEST_KEY) {
                name.append((char) next);
            }
            if (next == '\\') {
                keepEscaped();
            }
        }
        keep('"');
        place.key(name.toString());
    }

    private void copyString() throws IOException {
        for (int next = next(); next >= 0; next = next()) {
            keep(next);
            if (next == '"') {
                return;
            }
            if (next == '\\') {
                keepEscaped();
            }
        }
    }

    private void keepEscaped() throws IOException {
        int escaped = next();
        if (escaped >= 0) {
            keep(escaped);
        }
    }

    /** Decodes a text to disk; its first quote is kept already. */
    private void spill() throws IOException {
        if (inline.size() == MAX_INLINE) {
            throw GoogleError.invalid("More than " + MAX_INLINE + " parts with inline data.");
        }
        DiskFile file = space.newFile();
        inline.add(file);
        Base64Sink sink = new Base64Sink(file);
        for (int next = next(); next != '"'; next = next()) {
            if (next < 0) {
                return; // the parser will say that the text has no end
            }
            sink.accept(next == '\\' ? unescaped() : next);
        }
        if (!sink.finish()) {
            throw Refusal.invalidValue(place.path(), "TYPE_BYTES", "Base64 decoding failed");
        }
        for (char digit : Integer.toString(inline.size() - 1).toCharArray()) {
            keep(digit);
        }
        keep('"');
    }

    /** Some writers escape slashes, others the equals signs and pluses. */
    private int unescaped() throws IOException {
        int kind = next();
        if (kind != 'u') {
            return kind == '/' ? '/' : 0;
        }
        int code = 0;
        for (int i = 0; i < ESCAPE_DIGITS; i++) {
            int digit = Character.digit(Math.max(0, next()), 16);
            if (digit < 0) {
                return 0;
            }
            code = (code << 4) | digit;
        }
        return code;
    }

    private void keep(int value) {
        text.write(value);
        if (text.size() > MAX_TEXT_BYTES) {
            throw RestFault.tooLarge(MAX_TEXT_BYTES);
        }
    }

    private int next() throws IOException {
        if (at == filled) {
            filled = in.read(buffer);
            at = 0;
            if (filled <= 0) {
                filled = 0;
                return -1;
            }
            total += filled;
            if (total > MAX_BODY_BYTES) {
                throw RestFault.tooLarge(MAX_BODY_BYTES);
            }
        }
        return buffer[at++] & 0xFF;
    }
}
