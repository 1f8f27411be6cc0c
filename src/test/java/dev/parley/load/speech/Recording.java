package dev.parley.load.speech;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A WebM recording of a browser in the chunks and the rhythm in which it was recorded, and how many samples at 16 kHz
 * a decoder can have made when each chunk has come.
 */
public final class Recording {
    private static final int SAMPLES_PER_MILLI = 16;
    private static final int CLUSTER = 0x1F43B675;
    private static final int SEGMENT = 0x18538067;
    private static final int SIMPLE_BLOCK = 0xA3;

    private final String mimeType;
    private final List<Chunk> chunks = new ArrayList<>();

    /**
     * What the recorder handed over at once.
     *
     * @param millis after the start of the recording
     * @param samples complete, from the start of the recording to the end of this chunk, at 16 kHz
     */
    public record Chunk(long millis, ByteBuffer bytes, long samples) {}

    private Recording(String mimeType) {
        this.mimeType = mimeType;
    }

    /** A file of the corpus, by name. */
    public static Recording read(Path corpus, String name) throws IOException {
        JsonObject entry;
        try (InputStream in = Files.newInputStream(corpus.resolve("index.json"));
                JsonReader reader = Json.createReader(in)) {
            entry = reader.readArray().getValuesAs(JsonObject.class).stream()
                    .filter(each -> each.getString("file").equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IOException(name + " is not in the corpus at " + corpus));
        }
        byte[] file = Files.readAllBytes(corpus.resolve(name));
        Recording recording = new Recording(entry.getString("mime"));
        int offset = 0;
        for (JsonArray chunk : entry.getJsonArray("chunks").getValuesAs(JsonArray.class)) {
            byte[] bytes = new byte[chunk.getInt(1)];
            System.arraycopy(file, offset, bytes, 0, bytes.length);
            offset += bytes.length;
            recording.chunks.add(
                    new Chunk(chunk.getInt(0), ByteBuffer.wrap(bytes).asReadOnlyBuffer(), samplesWithin(file, offset)));
        }
        return recording;
    }

    public String mimeType() {
        return mimeType;
    }

    public List<Chunk> chunks() {
        return List.copyOf(chunks);
    }

    private static long samplesWithin(byte[] file, int end) {
        ByteBuffer in = ByteBuffer.wrap(file);
        long samples = 0;
        while (in.hasRemaining()) {
            int id = (int) number(in, false);
            long size = number(in, true);
            if (id == SEGMENT || id == CLUSTER) {
                continue;
            }
            int next = in.position() + (int) size;
            if (next > end) {
                break;
            }
            if (id == SIMPLE_BLOCK) {
                // One byte of track number, two of time, one of flags; then the Opus packet.
                int packet = in.position() + 4;
                samples += (long) packetMillis(in.get(packet) & 0xff, in.get(packet + 1)) * SAMPLES_PER_MILLI;
            }
            in.position(next);
        }
        return samples;
    }

    /** A variable-length number of EBML (RFC 8794 §4); a size loses its marker bit. */
    private static long number(ByteBuffer in, boolean isSize) {
        int first = in.get() & 0xff;
        int more = Integer.numberOfLeadingZeros(first) - 24;
        long value = isSize ? first & (0x7f >> more) : first;
        for (int i = 0; i < more; i++) {
            value = (value << 8) | (in.get() & 0xff);
        }
        return value;
    }

    /** Milliseconds of an Opus packet, from its first two bytes (RFC 6716 §3.1 and §3.2). */
    private static int packetMillis(int toc, int count) {
        int frames =
                switch (toc & 3) {
                    case 0 -> 1;
                    case 1, 2 -> 2;
                    default -> count & 0x3f;
                };
        int configuration = toc >> 3;
        if (configuration < 12) {
            return frames * new int[] {10, 20, 40, 60}[configuration & 3];
        }
        if (configuration < 16) {
            return frames * (configuration % 2 == 0 ? 10 : 20);
        }
        // 2.5 ms frames do not come from browsers.
        return frames * new int[] {3, 5, 10, 20}[configuration & 3];
    }
}
