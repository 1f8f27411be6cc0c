package dev.parley.media.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.media.Fuzz;
import dev.parley.media.Mutation;
import dev.parley.media.worker.pool.WorkerOutcome;
import dev.parley.shared.execution.Cancellation;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import dev.parley.testkit.AudioComparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged recordings of every kind that workers decode, each through a worker of its own: see {@link Fuzz}. */
class MutatedWorkerTest {
    private static final Fuzz FUZZ = Fuzz.workers(24);
    private static final int WORKERS = 2;

    /** Enough of a long one; those with their description at the end are taken whole. */
    private static final int MOST_BYTES = 100_000;

    private static final long MOST_PCM = 1 << 20;
    private static final long MOST_PER_BYTE = WorkerTranscoder.MOST_PER_BYTE;

    private static final List<String> CORPUS = List.of(
            "voice-m4a.m4a",
            "voice-fragmented-aac.mp4",
            "voice-mp3.mp3",
            "voice-flac.flac",
            "voice-stereo.wav",
            "voice-vorbis.ogg",
            "formats/adts.aac",
            "formats/aac.mkv",
            "formats/alac.m4a",
            "formats/alac.caf",
            "formats/pcm.aiff",
            "formats/adpcm.wav",
            "formats/amr-nb.amr",
            "formats/amr-wb.3gp",
            "formats/vorbis.webm",
            "formats/speex.ogg");

    @TempDir
    private Path folder;

    private final AtomicLong next = new AtomicLong(FUZZ.first());
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    @Test
    void every_damaged_recording_costs_one_worker_at_most() throws Exception {
        try (WorkerStage stage = WorkerStage.real(WORKERS)) {
            List<byte[]> corpus = corpus();
            List<CompletableFuture<Void>> lanes = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                Path lane = Files.createDirectory(folder.resolve("lane-" + i));
                lanes.add(CompletableFuture.runAsync(() -> play(stage, corpus, lane), stage.threads.executor()));
            }
            CompletableFuture.allOf(lanes.toArray(CompletableFuture<?>[]::new)).get(30, TimeUnit.MINUTES);
            for (WorkerOutcome outcome : WorkerOutcome.values()) {
                Fuzz.tell("workers: " + outcome, Long.toString(stage.counters.total(outcome)));
            }
            Fuzz.tell("answered", answered.toString());
            Fuzz.tell("refused in words", refused.toString());
            FUZZ.tell();
            assertEquals(FUZZ.cases(), answered.get() + refused.get());
            assertEquals(answered.get(), stage.counters.total(WorkerOutcome.DONE));
            assertEquals(0, stage.counters.total(WorkerOutcome.NOT_STARTED), "one that died was not replaced");
            assertEquals(0, stage.counters.turnedAway());
            assertStillDecodes(stage);
        }
        assertEquals(List.of(), WorkerStage.children());
    }

    private void play(WorkerStage stage, List<byte[]> corpus, Path lane) {
        for (long number = next.getAndIncrement();
                number < FUZZ.first() + FUZZ.cases();
                number = next.getAndIncrement()) {
            Fuzz.play(number, random -> play(stage, corpus, lane, random));
        }
    }

    private void play(WorkerStage stage, List<byte[]> corpus, Path lane, Random random) throws IOException {
        byte[] bad = Mutation.of(corpus.get(random.nextInt(corpus.size())), random);
        Path source = Files.write(lane.resolve("recording"), bad);
        Path target = lane.resolve("decoded.wav");
        try {
            stage.transcoder().toWav(source, target, bytes -> {}, new Cancellation());
            short[] samples = AudioComparison.readWav(Files.readAllBytes(target));
            assertTrue(2L * samples.length <= MOST_PCM + MOST_PER_BYTE * bad.length, "samples " + samples.length);
            answered.incrementAndGet();
        } catch (ParleyException told) {
            assertEquals(FailureKind.UNSUPPORTED_AUDIO, told.kind(), told::getMessage);
            assertTrue(told.getMessage().endsWith("."), told::getMessage);
            refused.incrementAndGet();
        }
        Files.deleteIfExists(target);
    }

    private void assertStillDecodes(WorkerStage stage) throws IOException {
        Path target = folder.resolve("good.wav");
        stage.transcoder().toWav(WorkerStage.corpus("voice-m4a.m4a"), target, bytes -> {}, new Cancellation());
        AudioComparison comparison = AudioComparison.of(
                AudioComparison.readWav(Files.readAllBytes(target)),
                AudioComparison.readWavResource("/corpus/voice-m4a.pcm16k.wav"),
                320);
        assertTrue(comparison.correlation() >= 0.99, comparison::toString);
    }

    private static List<byte[]> corpus() throws IOException {
        List<byte[]> corpus = new ArrayList<>();
        for (String name : CORPUS) {
            byte[] whole = Files.readAllBytes(WorkerStage.corpus(name));
            corpus.add(Arrays.copyOf(whole, Math.min(MOST_BYTES, whole.length)));
        }
        return corpus;
    }
}
