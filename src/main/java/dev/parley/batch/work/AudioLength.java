package dev.parley.batch.work;

import dev.parley.media.recording.PreparedRecording;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How long a recording is, for counting tokens before Gemini reports them: where the preparing did not tell, a WAV file by its own byte rate, the
 * rest as if it had 64 kbit/s.
 */
final class AudioLength {
    private static final int BYTES_PER_SECOND = 8_000;

    /** Below what any codec makes of sound; a file may claim any length. */
    private static final int LEAST_BYTES_PER_SECOND = 250;

    /** What Gemini takes in one prompt (ai.google.dev, audio understanding). */
    private static final Duration LONGEST = Duration.ofMinutes(570);

    private static final int WAV_RATE_OFFSET = 28;

    private AudioLength() {}

    static Duration of(PreparedRecording prepared, long bytes) {
        Duration known = prepared.duration();
        Duration told = known != null ? known : estimate(prepared.file(), prepared.mimeType(), bytes);
        Duration most = Duration.ofMillis(Math.min(LONGEST.toMillis(), bytes * 1000 / LEAST_BYTES_PER_SECOND));
        return told.compareTo(most) < 0 ? told : most;
    }

    private static Duration estimate(Path file, String mimeType, long bytes) {
        long rate = mimeType.equals("audio/wav") ? wavRate(file) : BYTES_PER_SECOND;
        return Duration.ofMillis(bytes * 1000 / rate);
    }

    /** The byte rate of the canonical header (RIFF WAVE, {@code fmt } first). */
    private static long wavRate(Path file) {
        try (InputStream in = Files.newInputStream(file);
                DataInputStream header = new DataInputStream(in)) {
            header.skipNBytes(WAV_RATE_OFFSET);
            long rate = Integer.toUnsignedLong(Integer.reverseBytes(header.readInt()));
            return Math.max(1000, rate);
        } catch (EOFException shorter) {
            return BYTES_PER_SECOND;
        } catch (IOException unreadable) {
            return BYTES_PER_SECOND; // whoever sends the file will find out
        }
    }
}
