package dev.parley.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.testkit.AudioComparison;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Real recorders' streams against what libopus and soxr make of it. */
class LiveCorpusTest {
    static final List<String> NAMES = Recording.LIVE;

    private final AudioDecoders decoders = new AudioDecoders();

    @ParameterizedTest
    @FieldSource("NAMES")
    void recorded_chunks_single_bytes_and_one_piece_give_the_same_right_samples(String name) {
        Recording recording = Recording.file(name);
        int length = recording.bytes().length;
        AudioDecoder decoder = decoders.open(typeOf(name) + ";codecs=opus");
        byte[] chunked = Recording.decode(decoder, recording.bytes(), recording.chunks());
        assertEquals(0, decoder.concealedPackets());

        AudioComparison comparison = AudioComparison.of(AudioComparison.samples(chunked), recording.reference(), 320);
        assertTrue(comparison.correlation() >= 0.99, comparison::toString);
        assertTrue(Math.abs(comparison.lengthDifferenceMillis()) <= 20, comparison::toString);
        assertTrue(Math.abs(comparison.lagSamples()) <= 16, comparison::toString);

        assertArrayEquals(chunked, Recording.decode(decoders.open(typeOf(name)), recording.bytes(), List.of(length)));
        assertArrayEquals(
                chunked, Recording.decode(decoders.open(null), recording.bytes(), Recording.pieces(length, 1)));
    }

    private static String typeOf(String name) {
        return "audio/" + name.substring(name.lastIndexOf('.') + 1);
    }
}
