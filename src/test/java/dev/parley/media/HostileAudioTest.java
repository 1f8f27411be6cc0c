package dev.parley.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
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
