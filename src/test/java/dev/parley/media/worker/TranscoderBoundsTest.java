package dev.parley.media.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.it.stage.Eventually;
import dev.parley.media.worker.launch.WorkerSettings;
import dev.parley.media.worker.pool.WorkerOutcome;
import dev.parley.shared.execution.Cancellation;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole recordings through scripts that behave as workers should not, and owners that give up. */
class TranscoderBoundsTest {
    private static final long FREE_BYTES = 1 << 20;
    private static final long RATIO = WorkerTranscoder.MOST_PER_BYTE;
    private static final String SLEEPS = WorkerStage.GREETS + "read order; exec sleep 600";

    @TempDir
    Path folder;

    private Path source;

    @BeforeEach
    void record() throws Exception {
        source = Files.write(folder.resolve("recording"), new byte[100]);
    }

    private CompletableFuture<Void> toWav(WorkerStage stage, Path target, Cancellation cancellation) {
        return CompletableFuture.runAsync(
                () -> assertThrows(CancellationException.class, () -> stage.transcoder()
                        .toWav(source, target, bytes -> {}, cancellation)),
                stage.threads.executor());
    }

    private static WorkerStage patient(String script) {
        return WorkerStage.scripted(
                new WorkerSettings(
                        1, 256, Duration.ofMinutes(2), Duration.ofMinutes(5), Duration.ofMinutes(2), Duration.ZERO),
                script);
    }

    @Test
    void a_recording_that_is_given_up_ends_its_worker_at_once() throws Exception {
        try (WorkerStage stage = patient(SLEEPS)) {
            Cancellation cancellation = new Cancellation();
            CompletableFuture<Void> work = toWav(stage, folder.resolve("a.wav"), cancellation);
            Eventually.holds(
                    "a worker at work", () -> folder.resolve("a.wav").toFile().length() == 44);
            cancellation.cancel();
            work.get(30, TimeUnit.SECONDS);
            Eventually.holds("no worker", () -> WorkerStage.children().isEmpty());
            assertEquals(1, stage.counters.total(WorkerOutcome.CALLED_OFF));
            stage.pool.take().close(); // its place is free again
        }
    }

    @Test
    void who_waits_for_a_place_can_give_up_and_leaves_no_trace() throws Exception {
        try (WorkerStage stage = patient(SLEEPS)) {
            Cancellation first = new Cancellation();
            Cancellation second = new Cancellation();
            CompletableFuture<Void> work = toWav(stage, folder.resolve("a.wav"), first);
            Eventually.holds(
                    "a worker at work", () -> folder.resolve("a.wav").toFile().length() == 44);
            CompletableFuture<Void> waiting = toWav(stage, folder.resolve("b.wav"), second);
            second.cancel();
            waiting.get(30, TimeUnit.SECONDS);
            assertTrue(Files.notExists(folder.resolve("b.wav")));
            first.cancel();
            work.get(30, TimeUnit.SECONDS);
            stage.pool.take().close();
            assertEquals(0, stage.counters.turnedAway());
        }
    }

    @Test
    void what_was_given_up_before_is_not_begun() {
        try (WorkerStage stage = patient("exit 1")) {
            Cancellation cancellation = new Cancellation();
            cancellation.cancel();
            assertThrows(CancellationException.class, () -> stage.transcoder()
                    .toWav(source, folder.resolve("a.wav"), bytes -> {}, cancellation));
            assertEquals(0, stage.counters.total(WorkerOutcome.NOT_STARTED));
        }
    }

    @Test
    void more_bytes_for_one_than_any_format_can_hold_are_refused() throws Exception {
        long most = FREE_BYTES + RATIO * Files.size(source);
        try (WorkerStage stage = patient(WorkerStage.GREETS + "read order; head -c " + most + " /dev/zero")) {
            Path target = folder.resolve("full.wav");
            stage.transcoder().toWav(source, target, bytes -> {}, new Cancellation());
            assertEquals(44 + most, Files.size(target));
            assertEquals(1, stage.counters.total(WorkerOutcome.DONE));
        }
        try (WorkerStage stage = patient(WorkerStage.GREETS + "read order; exec cat /dev/zero")) {
            Path target = folder.resolve("flood.wav");
            ParleyException told = assertThrows(ParleyException.class, () -> stage.transcoder()
                    .toWav(source, target, bytes -> {}, new Cancellation()));
            assertEquals(FailureKind.UNSUPPORTED_AUDIO, told.kind());
            assertTrue(told.getMessage().contains("more sound than its bytes can hold"), told::getMessage);
            assertTrue(
                    Files.size(target) < most + 200_000, () -> target.toFile().length() + " bytes");
            assertEquals(1, stage.counters.total(WorkerOutcome.FLOODED));
        }
        assertEquals(List.of(), WorkerStage.children());
    }
}
