package dev.parley.media.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.media.AudioDecoder;
import dev.parley.media.AudioDecoders;
import dev.parley.media.aac.AdtsFrames;
import dev.parley.media.container.AudioTrack;
import dev.parley.media.container.PacketListener;
import dev.parley.media.mp4.Mp4Demuxer;
import dev.parley.media.worker.pool.WorkerOutcome;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import dev.parley.testkit.AudioComparison;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Live streams through workers, real ones and scripts that misbehave. */
class LiveWorkerDecoderTest {
    private static final int FRAGMENT = 1_000;

    /** The owner: told by wake-ups, and asks. */
    private static final class Owner implements AutoCloseable {
        private final LinkedBlockingQueue<Object> wakeUps = new LinkedBlockingQueue<>();
        private final ByteArrayOutputStream pcm = new ByteArrayOutputStream();
        private final AudioDecoder decoder;

        Owner(WorkerStage stage) {
            decoder = stage.live().open(() -> wakeUps.add(this));
        }

        /** Of a stream whose container is taken apart here, as conversations have it. */
        Owner(WorkerStage stage, String mimeType) {
            decoder = new AudioDecoders(stage.live()).open(mimeType, () -> wakeUps.add(this));
        }

        void send(byte[] bytes, int offset, int length) {
            decoder.decode(ByteBuffer.wrap(bytes, offset, length), pcm::write);
        }

        boolean awaitWakeUp() throws InterruptedException {
            assertTrue(wakeUps.poll(1, TimeUnit.MINUTES) != null, "no wake-up came");
            return decoder.poll(pcm::write);
        }

        ParleyException awaitFailure() {
            return assertThrows(ParleyException.class, () -> {
                while (awaitWakeUp()) {
                    // until it tells
                }
            });
        }

        @Override
        public void close() {
            decoder.close();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 997, 4_096, 100_000})
    void fragmented_mp4_in_pieces_becomes_its_reference(int piece) throws Exception {
        byte[] bytes = Files.readAllBytes(WorkerStage.corpus("voice-fragmented-aac.mp4"));
        try (WorkerStage stage = WorkerStage.real(1);
                Owner owner = new Owner(stage, "audio/mp4;codecs=mp4a.40.2")) {
            for (int at = 0; at < bytes.length; at += piece) {
                owner.send(bytes, at, Math.min(piece, bytes.length - at));
            }
            owner.decoder.finish(owner.pcm::write);
            while (owner.awaitWakeUp()) {
                // until all has come
            }
            assertMatches(owner);
            assertFalse(owner.decoder.poll(owner.pcm::write));
            assertEquals(1, stage.counters.total(WorkerOutcome.DONE));
        }
        assertEquals(List.of(), WorkerStage.children());
    }

    @Test
    void sound_comes_as_soon_as_its_fragment_is_whole() throws Exception {
        byte[] bytes = Files.readAllBytes(WorkerStage.corpus("voice-fragmented-aac.mp4"));
        try (WorkerStage stage = WorkerStage.real(1);
                Owner owner = new Owner(stage, "audio/mp4;codecs=mp4a.40.2")) {
            int sent = 0;
            int heard = 0;
            while (sent < bytes.length) {
                int length = Math.min(FRAGMENT, bytes.length - sent);
                owner.send(bytes, sent, length);
                sent += length;
                // Two fragments of head start: then each second that was sent has been heard but for its last
                // fragments.
                while (sent > 6 * FRAGMENT && owner.pcm.size() < heard + FRAGMENT && sent < bytes.length) {
                    owner.awaitWakeUp();
                }
                heard = owner.pcm.size();
            }
            owner.decoder.finish(owner.pcm::write);
            while (owner.awaitWakeUp()) {
                // until all has come
            }
            assertMatches(owner);
        }
    }

    private static void assertMatches(Owner owner) {
        short[] reference = AudioComparison.readWavResource("/corpus/voice-fragmented-aac.pcm16k.wav");
        AudioComparison comparison =
                AudioComparison.of(AudioComparison.samples(owner.pcm.toByteArray()), reference, 320);
        assertTrue(comparison.correlation() >= 0.99, comparison::toString);
        assertTrue(Math.abs(comparison.lengthDifferenceMillis()) <= 20, comparison::toString);
        assertTrue(Math.abs(comparison.lagSamples()) <= 16, comparison::toString);
    }

    @Test
    void an_owner_that_does_not_ask_is_woken_once() {
        // Pieces of 32 000 bytes, with their length before them.
        String bursts = "for i in 1 2 3 4 5 6 7 8; do printf '\\175\\000'; head -c 32000 /dev/zero; done";
        try (WorkerStage stage = WorkerStage.scripted(1, WorkerStage.GREETS + bursts);
                Owner owner = new Owner(stage)) {
            org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(java.time.Duration.ofMinutes(1), () -> {
                while (stage.counters.total(WorkerOutcome.DONE) == 0) {
                    Thread.onSpinWait();
                }
            });
            assertEquals(1, owner.wakeUps.size());
            while (owner.decoder.poll(owner.pcm::write)) {
                // the end is told a moment after it is counted
            }
            assertEquals(256_000, owner.pcm.size());
        }
    }

    /** The corpus' AAC as the frames that a conversation's demuxer makes of it. */
    private static byte[] adts() throws IOException {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        Mp4Demuxer demuxer = new Mp4Demuxer(new PacketListener() {
            private @Nullable AdtsFrames adts;

            @Override
            public void track(AudioTrack track) {
                adts = new AdtsFrames(track.header());
            }

            @Override
            public void packet(byte[] buffer, int offset, int length, long discardNanos) {
                byte[] frame = Objects.requireNonNull(adts).frame(buffer, offset, length);
                frames.write(frame, 0, AdtsFrames.HEADER_BYTES + length);
            }
        });
        demuxer.feed(ByteBuffer.wrap(Files.readAllBytes(WorkerStage.corpus("voice-fragmented-aac.mp4"))));
        return frames.toByteArray();
    }

    /** Bytes of the first so many frames, by their own headers (ISO 14496-3 §1.A.2.2). */
    private static int frames(byte[] adts, int from, int count) {
        int at = from;
        for (int i = 0; i < count; i++) {
            at += (adts[at + 3] & 3) << 11 | (adts[at + 4] & 0xFF) << 3 | (adts[at + 5] & 0xFF) >> 5;
        }
        return at - from;
    }

    @Test
    void the_worker_says_when_it_has_given_all_it_can() throws Exception {
        byte[] bytes = adts();
        int rate = 48_000;
        try (WorkerStage stage = WorkerStage.real(1);
                Owner owner = new Owner(stage)) {
            assertFalse(owner.decoder.poll(owner.pcm::write), "nothing was sent");
            int sent = 0;
            int frames = 0;
            for (int batch : new int[] {3, 1, 40, 2, 1, 1, 100}) {
                int length = frames(bytes, sent, batch);
                owner.send(bytes, sent, length);
                sent += length;
                frames += batch;
                while (owner.awaitWakeUp()) {
                    // until it has caught up
                }
                long expected = 2L * frames * 1024 * 16_000 / rate;
                assertTrue(
                        owner.pcm.size() <= expected && owner.pcm.size() > expected - 200,
                        () -> owner.pcm.size() + " of " + expected);
                assertFalse(owner.decoder.poll(owner.pcm::write));
            }
            // Half a frame: more may come only with more bytes.
            owner.send(bytes, sent, 20);
            while (owner.awaitWakeUp()) {
                // until it has looked at them
            }
            owner.decoder.finish(owner.pcm::write);
            boolean more = owner.decoder.poll(owner.pcm::write);
            while (more) {
                more = owner.awaitWakeUp();
            }
            assertEquals(1, stage.counters.total(WorkerOutcome.DONE));
        }
    }

    @Test
    void an_owner_that_leaves_takes_its_worker_along() throws Exception {
        try (WorkerStage stage = WorkerStage.real(1)) {
            byte[] bytes = adts();
            try (Owner owner = new Owner(stage)) {
                owner.send(bytes, 0, 20_000);
                owner.awaitWakeUp();
            }
            assertEquals(1, stage.counters.total(WorkerOutcome.CALLED_OFF));
            try (Owner next = new Owner(stage)) {
                next.send(bytes, 0, 20_000);
                next.awaitWakeUp();
                assertTrue(next.pcm.size() > 0);
            }
        }
        assertEquals(List.of(), WorkerStage.children());
    }

    @Test
    void a_stream_of_nonsense_is_refused_in_words() throws Exception {
        try (WorkerStage stage = WorkerStage.real(1);
                Owner owner = new Owner(stage)) {
            owner.send("This is no sound at all.".getBytes(java.nio.charset.StandardCharsets.UTF_8), 0, 24);
            ParleyException told = owner.awaitFailure();
            assertEquals(FailureKind.UNSUPPORTED_AUDIO, told.kind());
            assertTrue(told.getMessage().contains("does not begin like any kind of recording"), told::getMessage);
        }
    }

    @Test
    void a_worker_that_takes_nothing_is_ended() {
        try (WorkerStage stage = WorkerStage.scripted(1, WorkerStage.GREETS + "exec sleep 600");
                Owner owner = new Owner(stage)) {
            owner.send(new byte[500_000], 0, 500_000);
            ParleyException told = owner.awaitFailure();
            assertTrue(told.getMessage().startsWith("Decoding this audio took too long"), told::getMessage);
            assertEquals(1, stage.counters.total(WorkerOutcome.TIMED_OUT));
        }
        assertEquals(List.of(), WorkerStage.children());
    }

    @Test
    void more_bytes_than_may_wait_end_the_stream() {
        try (WorkerStage stage = WorkerStage.scripted(1, WorkerStage.GREETS + "exec sleep 600");
                Owner owner = new Owner(stage)) {
            ParleyException told = assertThrows(ParleyException.class, () -> {
                for (int i = 0; i < 40; i++) {
                    owner.send(new byte[65_536], 0, 65_536);
                }
            });
            assertEquals(FailureKind.TOO_LARGE, told.kind());
        }
        assertEquals(List.of(), WorkerStage.children());
    }

    @Test
    void a_flood_is_stopped() {
        try (WorkerStage stage = WorkerStage.scripted(
                        1, WorkerStage.GREETS + "while printf '\\175\\000'; do head -c 32000 /dev/zero; done");
                Owner owner = new Owner(stage)) {
            owner.send(new byte[100], 0, 100);
            ParleyException told = owner.awaitFailure();
            assertEquals(FailureKind.UNSUPPORTED_AUDIO, told.kind());
            assertTrue(told.getMessage().contains("far more sound than it can hold"), told::getMessage);
            assertTrue(owner.pcm.size() <= 3 * LiveWorkerDecoder.MOST_PCM, () -> owner.pcm.size() + " bytes");
            assertEquals(1, stage.counters.total(WorkerOutcome.FLOODED));
        }
        assertEquals(List.of(), WorkerStage.children());
    }

    @Test
    void a_worker_that_does_not_start_is_told_and_the_place_is_free_again() {
        try (WorkerStage stage = WorkerStage.scripted(1, "echo 'no such thing' >&2; exit 1")) {
            for (int i = 1; i <= 2; i++) {
                try (Owner owner = new Owner(stage)) {
                    ParleyException told = owner.awaitFailure();
                    assertEquals(FailureKind.UNSUPPORTED_AUDIO, told.kind());
                    assertTrue(told.getMessage().contains("its helper program does not start"), told::getMessage);
                    assertEquals(i, stage.counters.total(WorkerOutcome.NOT_STARTED));
                }
            }
        }
    }

    @Test
    void a_platform_that_cannot_load_humble_video_is_asked_once() {
        try (WorkerStage stage = WorkerStage.scripted(1, "exit 66")) {
            try (Owner owner = new Owner(stage)) {
                assertTrue(owner.awaitFailure().getMessage().contains("cannot be loaded on its platform"));
            }
            ParleyException told =
                    assertThrows(ParleyException.class, () -> stage.live().open(() -> {}));
            assertEquals(FailureKind.UNSUPPORTED_AUDIO, told.kind());
            assertTrue(stage.pool.unusable().isPresent());
            assertEquals(1, stage.counters.total(WorkerOutcome.NOT_STARTED));
        }
    }

    @Test
    void one_stream_too_many_is_turned_away() {
        try (WorkerStage stage = WorkerStage.scripted(1, WorkerStage.GREETS + "exec sleep 600")) {
            Owner first = new Owner(stage);
            ParleyException told =
                    assertThrows(ParleyException.class, () -> stage.live().open(() -> {}));
            assertEquals(FailureKind.NO_CAPACITY, told.kind());
            assertEquals(1, stage.counters.turnedAway());
            first.close();
            new Owner(stage).close();
        }
        assertEquals(List.of(), WorkerStage.children());
    }
}
