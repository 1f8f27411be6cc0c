package dev.parley.it.stage;

import dev.parley.testkit.AudioComparison;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** A recording of the corpus with the chunks in which a browser delivered it, and what a correct decoder makes of it. */
public final class CorpusFile {
    private final String name;
    private final byte[] bytes;
    private final short[] reference;
    private final List<Integer> chunkSizes;

    private CorpusFile(String name, byte[] bytes, short[] reference, List<Integer> chunkSizes) {
        this.name = name;
        this.bytes = bytes;
        this.reference = reference;
        this.chunkSizes = chunkSizes;
    }

    /** Reads a file of the corpus that has a reference. */
    public static CorpusFile read(String name) {
        JsonObject entry = index().stream()
                .filter(each -> each.getString("file").equals(name))
                .findFirst()
                .orElseThrow();
        byte[] bytes = resource(name);
        List<Integer> sizes = new ArrayList<>();
        JsonArray chunks = entry.getJsonArray("chunks");
        if (chunks == null) {
            sizes.add(bytes.length);
        } else {
            chunks.getValuesAs(JsonArray.class).forEach(chunk -> sizes.add(chunk.getInt(1)));
        }
        short[] reference = AudioComparison.readWav(resource(entry.getString("reference")));
        return new CorpusFile(name, bytes, reference, sizes);
    }

    /** The bytes of any file of the corpus. */
    public static byte[] resource(String name) {
        try (InputStream in = CorpusFile.class.getResourceAsStream("/corpus/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The whole recording. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** 16 kHz mono. */
    public short[] reference() {
        return reference.clone();
    }

    /** As the browser's recorder delivered it; empty chunks occur. */
    public List<byte[]> recordedChunks() {
        List<byte[]> chunks = new ArrayList<>();
        int offset = 0;
        for (int size : chunkSizes) {
            chunks.add(Arrays.copyOfRange(bytes, offset, offset + size));
            offset += size;
        }
        return chunks;
    }

    /** In pieces of one size; the last may be shorter. */
    public List<byte[]> pieces(int size) {
        List<byte[]> pieces = new ArrayList<>();
        for (int offset = 0; offset < bytes.length; offset += size) {
            pieces.add(Arrays.copyOfRange(bytes, offset, Math.min(bytes.length, offset + size)));
        }
        return pieces;
    }

    @Override
    public String toString() {
        return name;
    }

    private static List<JsonObject> index() {
        try (InputStream in = CorpusFile.class.getResourceAsStream("/corpus/index.json");
                JsonReader reader = Json.createReader(Objects.requireNonNull(in))) {
            return reader.readArray().getValuesAs(JsonObject.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
