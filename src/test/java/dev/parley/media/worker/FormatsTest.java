package dev.parley.media.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.media.recording.ContentPreparer;
import dev.parley.media.recording.PreparedRecording;
import dev.parley.media.recording.PreparedRecording.Treatment;
import dev.parley.shared.execution.Cancellation;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import dev.parley.testkit.AudioComparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every format of {@code docs/media.md} that is seldom met, through the preparer and real workers. */
class FormatsTest {
    private static WorkerStage stage;

    @TempDir
    private Path folder;

    @BeforeAll
    static void open() {
        stage = WorkerStage.real(2);
    }

    @AfterAll
    static void close() {
        if (stage != null) { // null where no worker can run
            stage.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "alac.m4a, lossless, MP4 with Apple Lossless",
        "alac.caf, lossless, Core Audio",
        "flac.mkv, lossless, WebM with A_FLAC",
        "pcm.caf, pcm, Core Audio",
        "pcm.mov, pcm, MP4 with PCM",
        "vorbis.webm, vorbis, WebM with A_VORBIS",
        "mulaw.wav, mulaw, WAV with compressed sound (format 7)",
        "adpcm.wav, adpcm, WAV with compressed sound (format 17)",
        "ima.aifc, ima, AIFC with compressed sound",
        "aac.mkv, aac, WebM with A_AAC",
        "mp2.mp2, mp2, MP2",
        "mp3.mp4, mp3, MP4 with MPEG audio other than AAC",
        "speex.ogg, speex, Ogg with Speex",
        "amr-nb.amr, amr-nb, AMR",
        "amr-nb.3gp, amr-nb, MP4 with AMR",
        "amr-wb.amr, amr-wb, AMR",
        "amr-wb.3gp, amr-wb, MP4 with AMR"
    })
    void what_gemini_does_not_take_becomes_its_reference(String file, String reference, String found)
            throws IOException {
        PreparedRecording prepared = prepare(file);
        assertEquals(Treatment.TRANSCODED, prepared.treatment());
        assertEquals("audio/wav", prepared.mimeType());
        assertEquals(found, prepared.found());
        assertMatches(prepared.file(), reference);
    }

    @ParameterizedTest
    @CsvSource({
        "pcm.aiff, audio/aiff, AIFF",
        "adts.aac, audio/aac, AAC",
        "flac.ogg, audio/ogg, Ogg with FLAC",
        "vorbis.ogg, audio/ogg, Ogg with Vorbis"
    })
    void what_gemini_takes_is_passed_on(String file, String type, String found) {
        PreparedRecording prepared = prepare(file);
        assertEquals(Treatment.PASSED_ON, prepared.treatment());
        assertEquals(type, prepared.mimeType());
        assertEquals(found, prepared.found());
    }

    /** The simulator has these measured by a worker. */
    @ParameterizedTest
    @CsvSource({"pcm.aiff, pcm", "adts.aac, adts", "flac.ogg, lossless", "vorbis.ogg, vorbis"})
    void what_is_passed_on_can_be_decoded_too(String file, String reference) throws IOException {
        Path target = folder.resolve("decoded.wav");
        stage.transcoder().toWav(source(file), target, bytes -> {}, new Cancellation());
        assertMatches(target, reference);
    }

    /** Half an hour in 11 KB: frames of 65 535 samples. */
    @Test
    void long_silence_is_decoded_to_its_end() throws IOException {
        Path target = folder.resolve("silence.wav");
        stage.transcoder().toWav(source("silence.flac"), target, bytes -> {}, new Cancellation());
        assertTrue(
                Math.abs(Files.size(target) - 44 - 1800 * 32_000) <= 640,
                () -> target.toFile().length() + " bytes");
    }

    @Test
    void mp2_goes_by_the_name_of_all_mpeg_audio() {
        assertNull(new ContentPreparer(stage.transcoder())
                .prepare(source("mp2.mp2"), "audio/mpeg", folder, new Cancellation())
                .mismatch());
    }

    @Test
    void wma_is_refused_with_what_to_send_instead() {
        ParleyException refused = assertThrows(ParleyException.class, () -> prepare("wma.wma"));
        assertEquals(FailureKind.UNSUPPORTED_AUDIO, refused.kind());
        assertTrue(refused.getMessage().contains("Send WAV, MP3, M4A, AAC, FLAC, Ogg, AIFF"), refused::getMessage);
    }

    @ParameterizedTest
    @ValueSource(strings = {"alac.m4a", "amr-nb.amr", "vorbis.webm", "pcm.caf"})
    void without_a_transcoder_they_are_refused_by_name(String file) {
        ParleyException refused = assertThrows(ParleyException.class, () -> new ContentPreparer()
                .prepare(source(file), null, folder, new Cancellation()));
        assertEquals(FailureKind.UNSUPPORTED_AUDIO, refused.kind());
        assertTrue(refused.getMessage().contains("which this server cannot prepare"), refused::getMessage);
    }

    private PreparedRecording prepare(String file) {
        return new ContentPreparer(stage.transcoder()).prepare(source(file), null, folder, new Cancellation());
    }

    private static Path source(String file) {
        return WorkerStage.corpus("formats/" + file);
    }

    private static void assertMatches(Path made, String reference) throws IOException {
        short[] actual = AudioComparison.readWav(Files.readAllBytes(made));
        short[] expected = AudioComparison.readWavResource("/corpus/formats/" + reference + ".pcm16k.wav");
        AudioComparison comparison = AudioComparison.of(actual, expected, 320);
        assertTrue(comparison.correlation() >= 0.99, comparison::toString);
        assertTrue(Math.abs(comparison.lengthDifferenceMillis()) <= 20, comparison::toString);
        assertTrue(Math.abs(comparison.lagSamples()) <= 16, comparison::toString);
    }
}
