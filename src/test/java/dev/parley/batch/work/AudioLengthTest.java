package dev.parley.batch.work;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.media.recording.PreparedRecording;
import dev.parley.media.recording.PreparedRecording.Treatment;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AudioLengthTest {
    @ParameterizedTest
    @CsvSource({
        "60, 644245200, 0", // the header of a FLAC file that claims 178956 hours
        "2500, 644245200, 10",
        "200000000, 644245200, 34200", // what Gemini takes at most
        "2500, 9, 9"
    })
    void a_claim_is_believed_as_far_as_its_bytes_go(long bytes, long claimed, long seconds) {
        PreparedRecording prepared = new PreparedRecording(
                Path.of("none"), "audio/flac", "FLAC", Treatment.PASSED_ON, null, Duration.ofSeconds(claimed));
        assertEquals(seconds, AudioLength.of(prepared, bytes).toSeconds());
    }

    @Test
    void without_a_claim_the_bytes_count() {
        PreparedRecording prepared =
                new PreparedRecording(Path.of("none"), "audio/mp3", "MP3", Treatment.PASSED_ON, null, null);
        assertEquals(Duration.ofSeconds(2), AudioLength.of(prepared, 16_000));
    }
}
