package dev.parley.media;

import dev.parley.testkit.AudioComparison;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A recording of the corpus: its bytes and the sizes of the chunks in which its recorder delivered it. */
final class Recording {
    /** Every recording of the corpus that is decoded live. */
    static final List<String> LIVE = List.of(
            "chrome-128k.webm",
            "chrome-32k.webm",
            "chrome-16k.webm",
            "firefox.webm",
            "voice-stereo-hybrid.webm",
            "firefox-ogg.ogg",
            "voice-opus.ogg",
            "chrome-mp4-opus.mp4");

    private static final int PIECE = 4096;

    private final String name;
    private final byte[] bytes;
    private final List<Integer> chunks;

    private Recording(String name, byte[] bytes, List<Integer> chunks) {
        this.name = name;
        this.bytes = bytes;
        this.chunks = chunks;
    }

    byte[] bytes() {
        return bytes.clone();
    }

    List<Integer> chunks() {
        return chunks;
    }

    static Recording webm(String name) {
        return file(name + ".webm");
    }

    static Recording file(String file) {
        byte[] bytes = resource(file);
        List<Integer> chunks = new ArrayList<>();
        for (JsonObject entry : index()) {
            if (entry.getString("file").equals(file) && entry.containsKey("chunks")) {
                for (JsonArray chunk : entry.getJsonArray("chunks").getValuesAs(JsonArray.class)) {
                    chunks.add(chunk.getInt(1));
                }
            }
        }
        return new Recording(file, bytes, chunks.isEmpty() ? pieces(bytes.length, PIECE) : chunks);
    }

    /** The reference samples of a correct decoder. */
    short[] reference() {
        return AudioComparison.readWavResource("/corpus/" + name.substring(0, name.lastIndexOf('.')) + ".pcm16k.wav");
    }

    static List<Integer> pieces(int length, int piece) {
        List<Integer> sizes = new ArrayList<>();
        for (int at = 0; at < length; at += piece) {
            sizes.add(Math.min(piece, length - at));
        }
        return sizes;
    }

    /** Decodes {@code bytes} in pieces of these sizes and answers all PCM, tail included. */
    static byte[] decode(AudioDecoder decoder, byte[] bytes, List<Integer> sizes) {
        ByteArrayOutputStream pcm = new ByteArrayOutputStream();
        int at = 0;
        for (int size : sizes) {
            decoder.decode(ByteBuffer.wrap(bytes, at, size), pcm::write);
            at += size;
        }
        decoder.finish(pcm::write);
        decoder.close();
        return pcm.toByteArray();
    }

    private static List<JsonObject> index() {
        try (InputStream in = Objects.requireNonNull(Recording.class.getResourceAsStream("/corpus/index.json"));
                var reader = Json.createReader(in)) {
            return reader.readArray().getValuesAs(JsonObject.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] resource(String file) {
        try (InputStream in = Objects.requireNonNull(Recording.class.getResourceAsStream("/corpus/" + file), file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
