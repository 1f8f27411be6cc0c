package dev.parley.media.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.media.worker.launch.JarLauncher;
import dev.parley.media.worker.launch.WorkerResources;
import dev.parley.media.worker.launch.WorkerSettings;
import dev.parley.media.worker.pool.WorkerRun;
import dev.parley.shared.settings.SettingException;
import dev.parley.shared.settings.SettingsReader;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** What workers are started from, and the one that is kept warm. */
class WorkerFilesAndSpareTest {
    private static final Duration IDLE = Duration.ofSeconds(1);

    @Test
    void a_war_without_humble_video_says_so() {
        JarLauncher launcher = new JarLauncher(WarResources.NONE, WorkerStage.settings(1, IDLE));
        assertEquals(Optional.of("it was built without Humble Video"), launcher.missing());
    }

    @Test
    void a_platform_without_a_native_library_is_named() {
        WorkerResources foreign = new WorkerResources() {
            @Override
            public Set<String> names() {
                return Set.of("humble-video-noarch.jar", "humble-video-arch-s390x-os2.jar");
            }

            @Override
            public InputStream open(String name) {
                return InputStream.nullInputStream();
            }
        };
        String why = new JarLauncher(foreign, WorkerStage.settings(1, IDLE))
                .missing()
                .orElseThrow();
        assertTrue(why.startsWith("it has no Humble Video for its platform (" + System.getProperty("os.name")), why);
    }

    @Test
    void a_spare_is_kept_after_the_first_use_and_taken_by_the_next() {
        try (WorkerStage stage = WorkerStage.scripted(
                WorkerStage.settings(2, Duration.ofMinutes(5)), WorkerStage.GREETS + "exec sleep 600")) {
            assertEquals(0, stage.pool.running());
            try (WorkerRun run = stage.pool.take()) {
                run.begin("stream");
                awaitRunning(stage, 2);
            }
            awaitRunning(stage, 1);
            long spare = WorkerStage.children().get(0).pid();
            try (WorkerRun run = stage.pool.take()) {
                run.begin("stream");
                awaitRunning(stage, 2);
                assertTrue(WorkerStage.children().stream().anyMatch(child -> child.pid() == spare));
            }
            awaitRunning(stage, 1);
            assertNotEquals(spare, WorkerStage.children().get(0).pid());
        }
        assertEquals(0, WorkerStage.children().size());
    }

    @Test
    void a_spare_that_nobody_needs_is_let_go() {
        try (WorkerStage stage =
                WorkerStage.scripted(WorkerStage.settings(2, IDLE), WorkerStage.GREETS + "exec sleep 600")) {
            try (WorkerRun run = stage.pool.take()) {
                run.begin("stream");
            }
            awaitRunning(stage, 0);
            assertEquals(0, WorkerStage.children().size());
        }
    }

    @Test
    void settings_have_defaults_and_bounds() {
        assertEquals(
                new WorkerSettings(
                        4,
                        256,
                        Duration.ofMinutes(5),
                        Duration.ofHours(1),
                        Duration.ofSeconds(20),
                        Duration.ofMinutes(10)),
                WorkerSettings.read(new SettingsReader(name -> Optional.empty())));
        for (Map.Entry<String, String> wrong : Map.of(
                        "parley.media.workers", "-1",
                        "parley.media.worker-memory", "16",
                        "parley.media.worker-cpu-time", "1s",
                        "parley.media.worker-life", "2d",
                        "parley.media.worker-patience", "0s",
                        "parley.media.worker-idle", "soon")
                .entrySet()) {
            SettingException told = Assertions.assertThrows(
                    SettingException.class,
                    () -> WorkerSettings.read(new SettingsReader(
                            name -> name.equals(wrong.getKey()) ? Optional.of(wrong.getValue()) : Optional.empty())));
            assertTrue(String.valueOf(told.getMessage()).contains(wrong.getKey()), told::getMessage);
        }
    }

    /** The processes are the system's: it takes them a moment to come and go. */
    private static void awaitRunning(WorkerStage stage, int count) {
        Assertions.assertTimeoutPreemptively(Duration.ofMinutes(1), () -> {
            while (stage.pool.running() != count || WorkerStage.children().size() != count) {
                Thread.onSpinWait();
            }
        });
    }
}
