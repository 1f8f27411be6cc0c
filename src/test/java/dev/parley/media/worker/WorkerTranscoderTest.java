package dev.parley.media.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.media.worker.pool.WorkerOutcome;
import dev.parley.shared.execution.Cancellation;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import dev.parley.testkit.AudioComparison;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole recordings through real workers. */
class WorkerTranscoderTest {
    private static final int WORKERS = 2;
    private static final int RECORDINGS = 10;

    @TempDir
    Path folder;

    private WorkerStage stage;

    @BeforeEach
    void open() {
        stage = WorkerStage.real(WORKERS);
    }

    @AfterEach
    void nothing_is_left() {
        stage.close();
        assertEquals(List.of(), WorkerStage.children());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "voice-m4a.m4a",
                "voice-fragmented-aac.mp4",
                "voice-mp3.mp3",
                "voice-stereo.wav",
                "voice-flac.flac",
                "voice-vorbis.ogg"
            })
    void a_recording_becomes_its_reference(String name) throws Exception {
        assertDecodes(name);
        assertEquals(1, stage.counters.total(WorkerOutcome.DONE));
    }

    @Test
    void nothing_of_humble_video_is_in_this_process() throws Exception {
        assertDecodes("voice-m4a.m4a");
        if (Files.isReadable(Path.of("/proc/self/maps"))) {
            assertFalse(Files.readString(Path.of("/proc/self/maps")).contains("humble"));
        }
    }

    @Test
    void a_worker_that_crashes_costs_its_recording_only() throws Exception {
        boolean killed = false;
        // Long enough to be met at work: its WAV says so much data that the worker waits for none of it.
        Path endless = endless();
        CompletableFuture<ParleyException> failed = CompletableFuture.supplyAsync(
                () -> assertThrows(ParleyException.class, () -> stage.transcoder()
                        .toWav(endless, folder.resolve("out.wav"), bytes -> {}, new Cancellation())),
                stage.threads.executor());
        while (!failed.isDone()) {
            for (ProcessHandle worker : WorkerStage.children()) {
                boolean busy = worker.info()
                        .totalCpuDuration()
                        .map(time -> time.toMillis() > 900)
                        .orElse(false);
                if (busy && !killed) {
                    killed = true;
                    new ProcessBuilder("kill", "-SEGV", Long.toString(worker.pid()))
                            .start()
                            .waitFor();
                }
            }
            Thread.onSpinWait();
        }
        ParleyException told = failed.get(1, TimeUnit.MINUTES);
        assertTrue(killed, "no worker was seen at work: the test proved nothing");
        assertEquals(FailureKind.UNSUPPORTED_AUDIO, told.kind());
        assertTrue(told.getMessage().startsWith("The decoder gave up on this audio"), told::getMessage);
        assertEquals(1, stage.counters.total(WorkerOutcome.DIED));
        assertDecodes("voice-mp3.mp3");
    }

    @Test
    void what_once_killed_humble_video_ends_in_sound_or_in_words() throws Exception {
        for (String name : List.of("voice-stereo-hybrid.webm", "chrome-16k.webm", "voice-vorbis.ogg")) {
            Path target = folder.resolve(name + ".wav");
            try {
                stage.transcoder().toWav(WorkerStage.corpus(name), target, bytes -> {}, new Cancellation());
                assertTrue(Files.size(target) > 200_000, name);
            } catch (ParleyException told) {
                assertEquals(FailureKind.UNSUPPORTED_AUDIO, told.kind(), name);
            }
        }
        assertDecodes("voice-m4a.m4a");
    }

    @Test
    void what_is_no_recording_is_refused_in_words() throws Exception {
        // FFmpeg would take this for a playlist, and read the file it names.
        Path playlist = Files.writeString(folder.resolve("list"), "#EXTM3U\n#EXTINF:9,\n/etc/passwd\n");
        ParleyException told = assertThrows(ParleyException.class, () -> stage.transcoder()
                .toWav(playlist, folder.resolve("out.wav"), bytes -> {}, new Cancellation()));
        assertEquals(FailureKind.UNSUPPORTED_AUDIO, told.kind());
        assertTrue(told.getMessage().contains("does not begin like any kind of recording"), told::getMessage);
        assertEquals(1, stage.counters.total(WorkerOutcome.REFUSED));
    }

    @Test
    void there_are_never_more_workers_than_allowed() throws Exception {
        int most = 0;
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < RECORDINGS; i++) {
            Path target = folder.resolve(i + ".wav");
            all.add(CompletableFuture.runAsync(
                    () -> stage.transcoder()
                            .toWav(WorkerStage.corpus("voice-m4a.m4a"), target, bytes -> {}, new Cancellation()),
                    stage.threads.executor()));
        }
        CompletableFuture<Void> done = CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new));
        while (!done.isDone()) {
            most = Math.max(most, WorkerStage.children().size());
            assertTrue(stage.pool.running() <= WORKERS);
        }
        done.get(2, TimeUnit.MINUTES);
        assertEquals(WORKERS, most);
        assertEquals(RECORDINGS, stage.counters.total(WorkerOutcome.DONE));
    }

    private Path endless() throws Exception {
        byte[] wav = Files.readAllBytes(WorkerStage.corpus("voice-stereo.wav"));
        Path file = folder.resolve("endless.wav");
        try (var out = new java.io.RandomAccessFile(file.toFile(), "rw")) {
            out.write(wav);
            // Sparse: some hours of silence, and no space on the disk.
            out.setLength(3_000_000_000L);
            out.seek(4);
            out.writeInt(-1);
        }
        return patched(file, wav);
    }

    private static Path patched(Path file, byte[] wav) throws Exception {
        String text = new String(wav, 0, 512, java.nio.charset.StandardCharsets.ISO_8859_1);
        try (var out = new java.io.RandomAccessFile(file.toFile(), "rw")) {
            out.seek(text.indexOf("data") + 4L);
            out.writeInt(0x00FFFF7F);
        }
        return file;
    }

    private void assertDecodes(String name) throws Exception {
        Path target = folder.resolve(name + ".reference.wav");
        stage.transcoder().toWav(WorkerStage.corpus(name), target, bytes -> {}, new Cancellation());
        short[] actual = AudioComparison.readWav(Files.readAllBytes(target));
        short[] reference =
                AudioComparison.readWavResource("/corpus/" + name.substring(0, name.lastIndexOf('.')) + ".pcm16k.wav");
        AudioComparison comparison = AudioComparison.of(actual, reference, 320);
        assertTrue(comparison.correlation() >= 0.99, comparison::toString);
        assertTrue(Math.abs(comparison.lengthDifferenceMillis()) <= 20, comparison::toString);
        assertTrue(Math.abs(comparison.lagSamples()) <= 16, comparison::toString);
    }
}
