package dev.parley.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.parley.media.recording.ContentPreparer;
import dev.parley.media.recording.PreparedRecording;
import dev.parley.media.recording.RecordingPreparer;
import dev.parley.shared.execution.Cancellation;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged recordings of every kind through the live decoders and the preparer: see {@link Fuzz}. */
class MutatedAudioTest {
    private static final Fuzz FUZZ = Fuzz.part(1);

    /** Buffers of one live stream: docs/media.md. MP4 may add its tables. */
    private static final long MAX_HELD = 3 * 65_536 + 262_144;

    private static final long MAX_TABLES = 2 << 20;
    /** Samples at 16 kHz of the longest packet, which costs one byte at least. */
    private static final long SAMPLES_PER_BYTE = 1_920;

    private static final long MAX_ALLOCATED = 32 << 20;

    private static final int BASE_BYTES = 3_000;
    private static final List<@Nullable String> TYPES =
            Arrays.asList(null, "audio/webm", "audio/ogg", "audio/mp4", "audio/pcm;rate=44100");

    private final AudioDecoders decoders = new AudioDecoders();
    private final AudioDecoders withAac = new AudioDecoders(wakeUp -> new CountingDecoder());
    private final RecordingPreparer preparer = new ContentPreparer();
    private final Map<String, Integer> outcomes = new TreeMap<>();

    @TempDir
    private Path folder;

    private long calls;
    private long samples;

    @Test
    void every_damaged_recording_ends_in_audio_or_in_words() {
        List<byte[]> corpus = corpus();
        FUZZ.play(random -> {
            byte[] bad = Mutation.of(corpus.get(random.nextInt(corpus.size())), random);
            if (random.nextInt(4) == 0) {
                prepare(bad);
            } else {
                decode(bad, random);
            }
        });
        outcomes.forEach((outcome, count) -> Fuzz.tell(outcome, count.toString()));
        if (FUZZ.cases() >= 1_000) {
            for (String outcome : List.of("live: audio", "live: refused", "file: prepared", "file: refused")) {
                assertTrue(outcomes.getOrDefault(outcome, 0) > FUZZ.cases() / 50, outcomes::toString);
            }
        }
    }

    private void decode(byte[] bad, Random random) {
        calls = 0;
        samples = 0;
        String declared = TYPES.get(random.nextInt(TYPES.size()));
        AudioDecoder decoder = (random.nextBoolean() ? decoders : withAac).open(declared, () -> {});
        String outcome = "live: nothing";
        try {
            for (int at = 0; at < bad.length; ) {
                int piece =
                        Math.min(bad.length - at, random.nextInt(4) == 0 ? random.nextInt(3) : random.nextInt(2_000));
                decoder.decode(ByteBuffer.wrap(bad, at, piece), this::count);
                at += piece;
            }
            decoder.finish(this::count);
        } catch (ParleyException refused) {
            requireWords(refused);
            outcome = "live: refused";
        }
        outcomes.merge(samples > 0 && outcome.equals("live: nothing") ? "live: audio" : outcome, 1, Integer::sum);
        long held = HeldMemory.of(decoder);
        decoder.close();
        assertTrue(held <= MAX_HELD + MAX_TABLES, "held " + held);
        assertTrue(held <= MAX_HELD + 4L * bad.length, "held " + held + " for " + bad.length);
        assertTrue(samples <= 2 * SAMPLES_PER_BYTE * bad.length + 16_000, "samples " + samples);
        assertTrue(calls <= 3L * bad.length + 512, "calls " + calls);
    }

    private void prepare(byte[] bad) throws IOException {
        Path source = Files.write(folder.resolve("recording"), bad);
        long before = allocated();
        String outcome = "file: prepared";
        try {
            PreparedRecording prepared = preparer.prepare(source, null, folder, new Cancellation());
            assertTrue(allocated() - before < MAX_ALLOCATED, "allocated " + (allocated() - before));
            byte[] made = Files.readAllBytes(prepared.file());
            if (prepared.treatment() == PreparedRecording.Treatment.REMUXED) {
                assertTrue(made.length > 0 && made.length <= 4L * bad.length + 1_000, "made " + made.length);
                Files.delete(prepared.file());
                requireUsable(prepared, made);
            }
        } catch (ParleyException refused) {
            requireWords(refused);
            outcome = "file: refused";
        }
        assertTrue(allocated() - before < 2 * MAX_ALLOCATED, "allocated " + (allocated() - before));
        outcomes.merge(outcome, 1, Integer::sum);
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count(), "something was left behind");
        }
    }

    /** What was made must be whole, whatever it was made of. */
    private void requireUsable(PreparedRecording prepared, byte[] made) throws IOException {
        if (prepared.mimeType().equals("audio/ogg")) {
            AudioDecoder decoder = decoders.open("audio/ogg");
            decoder.decode(ByteBuffer.wrap(made), this::count);
            decoder.finish(this::count);
            decoder.close();
        } else {
            assertEquals("audio/aac", prepared.mimeType());
        }
    }

    private static void requireWords(ParleyException refused) {
        assertEquals(FailureKind.UNSUPPORTED_AUDIO, refused.kind(), refused::getMessage);
        assertTrue(refused.getMessage().endsWith(".") && refused.getMessage().length() > 40, refused::getMessage);
        assertFalse(refused.getMessage().matches("(?s).*[^ -~…–].*"), refused::getMessage);
    }

    private void count(byte[] buffer, int offset, int length) {
        assertTrue(length > 0 && length % 2 == 0 && offset + length <= buffer.length);
        calls++;
        samples += length / 2;
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    private static List<byte[]> corpus() {
        byte[] m4a = Recording.file("voice-m4a.m4a").bytes();
        int moov = m4a.length - 2_355;
        byte[] description = Arrays.copyOfRange(m4a, moov, m4a.length);
        // Its sound, cut to what is small, before its description.
        byte[] plain = Arrays.copyOf(m4a, 2_500 + description.length);
        ByteBuffer.wrap(plain).putInt(36, 2_500 - 36);
        System.arraycopy(description, 0, plain, 2_500, description.length);
        // And behind it, with its chunk where it is then.
        byte[] fast = Arrays.copyOf(description, description.length + 2_000);
        ByteBuffer.wrap(fast)
                .putInt(description.length, 2_000)
                .put(description.length + 4, "mdat".getBytes(StandardCharsets.US_ASCII));
        int stco = new String(description, StandardCharsets.ISO_8859_1).indexOf("stco");
        ByteBuffer.wrap(fast).putInt(stco + 12, description.length + 8);
        return List.of(
                begin("chrome-16k.webm"),
                begin("firefox.webm"),
                begin("voice-stereo-hybrid.webm"),
                begin("chrome-128k.webm"),
                Arrays.copyOf(Recording.file("firefox-ogg.ogg").bytes(), 8_579),
                begin("voice-opus.ogg"),
                Arrays.copyOf(Recording.file("chrome-mp4-opus.mp4").bytes(), 5_800),
                begin("voice-fragmented-aac.mp4"),
                plain,
                fast,
                begin("voice-stereo.wav"),
                begin("voice-mp3.mp3"),
                Arrays.copyOf(Recording.file("voice-flac.flac").bytes(), 9_000),
                Arrays.copyOf(Recording.file("voice-vorbis.ogg").bytes(), 10_850));
    }

    private static byte[] begin(String file) {
        return Arrays.copyOf(Recording.file(file).bytes(), BASE_BYTES);
    }

    /** Stands for a decoder of AAC: checks that what it gets are whole ADTS frames. */
    private static final class CountingDecoder implements AudioDecoder {
        private boolean raw;

        @Override
        public void decode(ByteBuffer bytes, PcmSink sink) {
            // A stream that is ADTS itself comes as it is, beginning with the two bytes that tell.
            raw |= bytes.remaining() <= 2;
            if (raw) {
                return;
            }
            int header = bytes.getInt(bytes.position());
            int length = (header & 3) << 11 | (bytes.getShort(bytes.position() + 4) & 0xFFFF) >> 5;
            assertEquals(0xFFF1, header >>> 16);
            assertEquals(bytes.remaining(), length);
        }

        @Override
        public void finish(PcmSink sink) {
            // gives nothing
        }

        @Override
        public int concealedPackets() {
            return 0;
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
