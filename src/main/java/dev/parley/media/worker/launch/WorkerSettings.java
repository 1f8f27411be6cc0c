package dev.parley.media.worker.launch;

import dev.parley.shared.settings.SettingsReader;
import java.time.Duration;

/**
 * Bounds of the workers.
 *
 * @param workers processes at once, the spare included; 0 switches them off
 * @param memoryMebibytes what one may allocate, Java's heap and native memory together
 * @param cpuTime processor time for one recording
 * @param life wall-clock time for one recording, live ones too
 * @param patience how long a worker that owes an answer may give none
 * @param idle how long a spare is kept after the last recording; zero: no spare
 */
public record WorkerSettings(
        int workers, int memoryMebibytes, Duration cpuTime, Duration life, Duration patience, Duration idle) {
    /** Reads {@code parley.media.worker*}. */
    public static WorkerSettings read(SettingsReader settings) {
        return new WorkerSettings(
                settings.integer("parley.media.workers", 4, 0, 256),
                settings.integer("parley.media.worker-memory", 256, 128, 4_096),
                settings.duration(
                        "parley.media.worker-cpu-time",
                        Duration.ofMinutes(5),
                        Duration.ofSeconds(5),
                        Duration.ofHours(24)),
                settings.duration(
                        "parley.media.worker-life", Duration.ofHours(1), Duration.ofSeconds(10), Duration.ofHours(24)),
                settings.duration(
                        "parley.media.worker-patience",
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(2),
                        Duration.ofMinutes(10)),
                settings.duration(
                        "parley.media.worker-idle", Duration.ofMinutes(10), Duration.ZERO, Duration.ofHours(24)));
    }
}
