package dev.parley.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.parley.media.opus.OpusHead;
import dev.parley.media.recording.ContentPreparer;
import dev.parley.media.recording.PreparedRecording;
import dev.parley.media.webm.Ebml;
import dev.parley.shared.execution.Cancellation;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever arrives: only {@link ParleyException} escapes, in bounded time, and no length is believed unseen. */
class HostileAudioTest {
    private static final Duration ENOUGH = Duration.ofSeconds(60);
    private static final byte[] MAGIC = {0x1A, 0x45, (byte) 0xDF, (byte) 0xA3};

    private final AudioDecoders decoders = new AudioDecoders();
    private long samples;
    private int refused;

    @Test
    void random_bytes_behind_every_kind_of_beginning() {
        byte[] start = Arrays.copyOf(Recording.webm("chrome-16k").bytes(), 161);
        Random random = new Random(42); // one for all: neighbouring seeds begin alike
        assertTimeoutPreemptively(ENOUGH, () -> {
            for (int seed = 0; seed < 1500; seed++) {
                byte[] bytes = new byte[random.nextInt(1, 3000)];
                random.nextBytes(bytes);
                byte[] begin = seed % 3 == 0 ? new byte[0] : seed % 3 == 1 ? MAGIC : start;
                System.arraycopy(begin, 0, bytes, 0, Math.min(begin.length, bytes.length));
                survive("audio/webm", bytes, random);
            }
        });
        assertTrue(refused > 900, "refused " + refused);
    }

    @ParameterizedTest
    @ValueSource(strings = {"chrome-16k", "firefox", "voice-stereo-hybrid"})
    void recordings_with_flipped_bits_cut_and_spliced(String name) {
        byte[] good = Arrays.copyOf(Recording.webm(name).bytes(), 6_000);
        Random random = new Random(42); // one for all: neighbouring seeds begin alike
        assertTimeoutPreemptively(ENOUGH, () -> {
            for (int seed = 0; seed < 40; seed++) {
                byte[] bad = good.clone();
                for (int flips = random.nextInt(1, 30); flips > 0; flips--) {
                    // Headers are a small part of the bytes and break the most: half of the flips go there.
                    int at = random.nextInt(random.nextBoolean() ? 600 : bad.length);
                    bad[at] ^= (byte) (1 << random.nextInt(8));
                }
                survive(null, Arrays.copyOf(bad, random.nextInt(bad.length)), random);
                int from = random.nextInt(bad.length);
                byte[] spliced = Arrays.copyOf(good, bad.length - from + 2000);
                System.arraycopy(bad, from, spliced, 2000, bad.length - from);
                survive("audio/pcm;rate=44100", spliced, random);
            }
        });
        assertTrue(refused > 10, "refused " + refused);
        assertTrue(samples > 16_000, "samples " + samples);
    }

    @Test
    void every_truncation_gives_what_was_whole() {
        byte[] good = Recording.webm("chrome-16k").bytes();
        long before = 0;
        for (int length = 0; length < 900; length += length < 400 ? 1 : 7) {
            samples = 0;
            survive("audio/webm", Arrays.copyOf(good, length), new Random(length));
            assertTrue(samples >= before, "at " + length);
            before = samples;
        }
        assertEquals(0, refused);
        assertTrue(before > 4_000, "samples " + before);
    }

    @Test
    void a_promise_of_size_is_not_paid_in_advance() {
        // A block of the largest size allowed, never sent; an element of nearly 2^56 bytes; both cost a few KB at most.
        byte[] start = Arrays.copyOf(Recording.webm("chrome-16k").bytes(), 161);
        byte[][] promises = {
            {(byte) 0xA3, 0x10, 1, 0, 0, (byte) 0x81, 0, 0, 0, 0, 0, 0, 0},
            {(byte) 0xEC, 1, -1, -1, -1, -1, -1, -1, -2},
            {(byte) 0xA0, 0x10, 0x7F, -1, -1, (byte) 0xA1, 0x10, 0x70, 0, 0, (byte) 0x81, 0, 0, 0, 0, 0, 0}
        };
        for (int round = 0; round < 2; round++) { // the first one loads classes and designs filters
            for (byte[] promise : promises) {
                byte[] bytes = Arrays.copyOf(start, start.length + promise.length);
                System.arraycopy(promise, 0, bytes, start.length, promise.length);
                long before = allocated();
                survive("audio/webm", bytes, new Random(2));
                long spent = allocated() - before;
                assertTrue(round == 0 || spent < 200_000, "allocated " + spent);
            }
        }
    }

    @Test
    void endless_restarts_hold_no_memory_and_give_nothing() {
        byte[] start = Arrays.copyOf(Recording.webm("chrome-16k").bytes(), 146);
        AudioDecoder decoder = decoders.open("audio/webm");
        assertTimeoutPreemptively(ENOUGH, () -> {
            for (int i = 0; i < 20_000; i++) {
                decoder.decode(ByteBuffer.wrap(start), this::count);
            }
        });
        assertEquals(0, samples);
    }

    @Test
    void a_file_remuxed_from_blocks_of_nothing_stays_small(@TempDir Path folder) throws IOException {
        byte[] start = Ebml.opusStart();
        byte[] lost = {(byte) 0xA3, (byte) 0x81, (byte) 0x81};
        byte[] tiny = {(byte) 0xA3, (byte) 0x86, (byte) 0x81, 0, 0, 0, (byte) 0x83, 48}; // 48 frames of 2.5 ms, empty
        for (int every : new int[] {1, 2, 8, 100_000}) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.writeBytes(start);
            for (int i = 0; i < 100_000; i++) {
                bytes.writeBytes(i % every == 0 ? tiny : lost);
            }
            Path source = Files.write(folder.resolve("recording"), bytes.toByteArray());
            PreparedRecording made = new ContentPreparer().prepare(source, null, folder, new Cancellation());
            assertTrue(Files.size(made.file()) <= 4L * bytes.size(), every + ": " + Files.size(made.file()));
            Duration length = Objects.requireNonNull(made.duration());
            Duration tinies = Duration.ofMillis(120L * ((100_000 + every - 1) / every));
            assertTrue(length.compareTo(tinies.multipliedBy(2).plusSeconds(1)) <= 0, every + ": " + length);
            if (every == 100_000) {
                samples = 0;
                survive("audio/ogg", Files.readAllBytes(made.file()), new Random(1));
                assertTrue(Math.abs(length.toMillis() * 16 - samples) <= 320, "lost packets are concealed");
            }
        }
    }

    @Test
    void a_file_remuxed_ends_at_what_gemini_takes(@TempDir Path folder) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(Ebml.opusStart());
        byte[] laced = Ebml.block(0xA3, 1, 4, new byte[] {-1}, new byte[256]);
        Arrays.fill(laced, laced.length - 256, laced.length, (byte) 0x19); // two frames of 60 ms each
        for (int i = 0; i < 1_200; i++) {
            bytes.writeBytes(laced);
        }
        Path source = Files.write(folder.resolve("recording"), bytes.toByteArray());
        ParleyException refused = assertThrows(
                ParleyException.class, () -> new ContentPreparer().prepare(source, null, folder, new Cancellation()));
        assertEquals(FailureKind.TOO_LARGE, refused.kind());
        assertTrue(refused.getMessage().contains("9.5 hours"), refused::getMessage);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 65_024, 65_025, 65_500})
    void an_opus_header_without_end_is_refused(int length, @TempDir Path folder) throws IOException {
        byte[] header = Arrays.copyOf(OpusHead.write(1, 0), length);
        byte[] bytes = Ebml.join(
                Ebml.start("webm"),
                Ebml.element(0x1654AE6B, Ebml.track(1, "A_OPUS", header)),
                Ebml.block(0xA3, 1, 0, new byte[] {8, 1, 2}));
        Path source = Files.write(folder.resolve("recording"), bytes);
        ParleyException refusal = assertThrows(
                ParleyException.class, () -> new ContentPreparer().prepare(source, null, folder, new Cancellation()));
        assertEquals(FailureKind.UNSUPPORTED_AUDIO, refusal.kind());
        survive("audio/webm", bytes, new Random(3));
        assertEquals(1, refused);
    }

    private void survive(@Nullable String declared, byte[] bytes, Random random) {
        AudioDecoder decoder = decoders.open(declared);
        try {
            for (int at = 0; at < bytes.length; ) {
                int piece = Math.min(bytes.length - at, random.nextInt(1, 2000));
                decoder.decode(ByteBuffer.wrap(bytes, at, piece), this::count);
                at += piece;
            }
            decoder.finish(this::count);
        } catch (ParleyException expected) {
            assertEquals(FailureKind.UNSUPPORTED_AUDIO, expected.kind());
            refused++;
        } finally {
            decoder.close();
        }
    }

    private void count(byte[] buffer, int offset, int length) {
        assertTrue(length > 0 && length % 2 == 0 && offset + length <= buffer.length);
        samples += length / 2;
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
