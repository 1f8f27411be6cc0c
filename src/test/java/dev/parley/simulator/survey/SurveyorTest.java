package dev.parley.simulator.survey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.it.stage.CorpusFile;
import dev.parley.media.AudioDecoders;
import dev.parley.media.recording.FileTranscoder;
import dev.parley.media.resample.FilterBanks;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import dev.parley.simulator.fault.GoogleError;
import dev.parley.simulator.files.DiskSpace;
import dev.parley.simulator.sound.RateConverter;
import dev.parley.simulator.survey.Findings.Measured;
import dev.parley.testkit.AudioComparison;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurveyorTest {
    private static final int INTEGER = 1;
    private static final int FLOAT = 3;
    private static final byte[] REFERENCE_WAV = CorpusFile.resource("chrome-128k.pcm16k.wav");
    private static final short[] REFERENCE = CorpusFile.read("chrome-128k.webm").reference();

    private final DiskSpace space = new DiskSpace();
    private final Surveyor alone = new Surveyor(new AudioDecoders(), Optional::empty, space);

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        space.close();
    }

    @Test
    void wav_of_every_depth_and_rate_decodes_to_the_reference() throws IOException {
        for (int rate : new int[] {8_000, 16_000, 44_100, 48_000}) {
            RateConverter converter = new RateConverter(16_000, rate);
            short[] there = concat(converter.convert(REFERENCE, 0, REFERENCE.length), converter.finish());
            for (int bits : new int[] {8, 16, 24, 32, -32}) {
                int channels = bits == 24 ? 2 : 1;
                byte[] wav = wav(there, bits < 0 ? FLOAT : INTEGER, channels, rate, Math.abs(bits));
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                new WavSound(new ByteArrayInputStream(wav), new FilterBanks()).decode(out::write);
                AudioComparison likeness =
                        AudioComparison.of(AudioComparison.samples(out.toByteArray()), REFERENCE, 1600);
                String what = rate + " Hz, " + bits + " bits: " + likeness;
                assertTrue(likeness.correlation() >= (rate == 8_000 ? 0.97 : 0.99), what);
                assertTrue(Math.abs(likeness.lagSamples()) <= 1, what);
                assertTrue(Math.abs(likeness.lengthDifferenceMillis()) < 1, what);
            }
        }
    }

    @Test
    void a_recording_and_its_wav_give_the_same_findings() throws IOException {
        Measured wav = measured(alone.survey(file(REFERENCE_WAV)));
        assertEquals(REFERENCE.length / 16, wav.millis());
        assertEquals(1, wav.speechCount(), wav::toString);
        assertEquals(wav.speechCount() - 1, wav.pauses());
        assertTrue(wav.decibels() < -5 && wav.decibels() > -50, wav::toString);
        Findings webm = alone.survey(file(CorpusFile.resource("chrome-128k.webm")));
        assertEquals(SoundFormat.WEBM, webm.format());
        Measured decoded = measured(webm);
        assertTrue(Math.abs(decoded.millis() - wav.millis()) < 100, () -> decoded + " / " + wav);
        assertEquals(wav.decibels(), decoded.decibels());
        assertEquals(wav.speechCount(), decoded.speechCount());
        assertEquals((webm.measured().orElseThrow().millis() * 32 + 999) / 1000, webm.tokens());
    }

    @Test
    void stretches_lie_where_the_sound_is() throws IOException {
        short[] sound = new short[16_000 * 4];
        for (int i = 0; i < sound.length; i++) {
            boolean loud = i / 16_000 % 2 == 1; // seconds 1 and 3
            sound[i] = (short) ((loud ? 8_000 : 3) * Math.sin(2 * Math.PI * 220 * i / 16_000.0));
        }
        Measured found = measured(alone.survey(file(wav(sound, INTEGER, 1, 16_000, 16))));
        assertEquals(4000, found.millis());
        assertEquals(2, found.speechCount(), found::toString);
        assertEquals(1, found.pauses());
        assertEquals(1000, (double) found.stretches().get(0).startMillis(), 60);
        assertEquals(2000, (double) found.stretches().get(0).endMillis(), 60);
        assertEquals(3000, (double) found.stretches().get(1).startMillis(), 60);
        assertEquals(2000, (double) found.spokenMillis(), 120);
        assertEquals(-18.0, (double) found.decibels(), 1);
    }

    @Test
    void formats_are_known_by_content_and_unmeasured_ones_say_why() throws IOException {
        for (var format :
                List.of(SoundFormat.MP3, SoundFormat.AAC, SoundFormat.FLAC, SoundFormat.AIFF, SoundFormat.UNKNOWN)) {
            Findings findings = alone.survey(file(head(format)));
            assertEquals(format, findings.format());
            assertFalse(findings.measured().isPresent());
            assertEquals("This server has no decoder for it.", findings.obstacle());
            assertEquals(1000, findings.bytes());
            assertEquals(4, findings.tokens());
        }
        Findings m4a = alone.survey(file(CorpusFile.resource("voice-m4a.m4a")));
        assertEquals(SoundFormat.MP4, m4a.format());
        assertTrue(m4a.measured().isPresent() || !m4a.obstacle().isEmpty());
    }

    @Test
    void the_servers_transcoder_is_used_and_its_file_deleted() throws IOException {
        Path[] made = new Path[1];
        FileTranscoder transcoder = (source, target, grows, cancellation) -> {
            made[0] = target;
            grows.accept(REFERENCE_WAV.length);
            try {
                Files.write(target, REFERENCE_WAV);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        };
        Surveyor able = new Surveyor(new AudioDecoders(), () -> Optional.of(transcoder), space);
        Findings findings = able.survey(file(head(SoundFormat.MP3)));
        assertEquals(SoundFormat.MP3, findings.format());
        assertEquals(REFERENCE.length / 16, measured(findings).millis());
        assertFalse(Files.exists(made[0]));
        assertEquals(0, space.used());
        Surveyor failing = new Surveyor(
                new AudioDecoders(),
                () -> Optional.of((source, target, grows, cancellation) -> {
                    throw new ParleyException(FailureKind.UNSUPPORTED_AUDIO, "It is no MP3.");
                }),
                space);
        assertEquals(
                "It is no MP3.", failing.survey(file(head(SoundFormat.MP3))).obstacle());
    }

    @Test
    void a_length_that_is_shared_is_a_bound() throws IOException {
        Path voice = file(REFERENCE_WAV);
        long millis = measured(alone.survey(voice)).millis();
        assertEquals(millis, measured(alone.survey(voice, millis)).millis());
        GoogleError refused = assertThrows(GoogleError.class, () -> alone.survey(voice, millis - 1));
        assertTrue(refused.getMessage().contains("9.5 hours"), refused::getMessage);
    }

    @Test
    void hostile_files_end_with_a_sentence() throws IOException {
        byte[] good = wav(Arrays.copyOf(REFERENCE, 16_000), INTEGER, 1, 16_000, 16);
        for (int length = 0; length < 60; length++) {
            Findings cut = alone.survey(file(Arrays.copyOf(good, length)));
            assertTrue(cut.measured().isPresent() || !cut.obstacle().isEmpty(), "cut at " + length);
        }
        Random random = new Random(3);
        for (int i = 0; i < 500; i++) {
            byte[] bad = good.clone();
            for (int k = 0; k < 4; k++) {
                bad[12 + random.nextInt(40)] = (byte) random.nextInt();
            }
            alone.survey(file(bad)); // nothing is thrown
        }
        byte[] open = good.clone();
        Arrays.fill(open, 40, 44, (byte) 0xFF); // a recorder that did not know its length
        assertEquals(1000, measured(alone.survey(file(open))).millis());
        byte[] webm = Arrays.copyOf(CorpusFile.resource("chrome-32k.webm"), 3000);
        Arrays.fill(webm, 100, 2000, (byte) 0x11);
        Findings corrupt = alone.survey(file(webm));
        assertTrue(corrupt.measured().isPresent() || !corrupt.obstacle().isEmpty());
    }

    private static Measured measured(Findings findings) {
        return findings.measured().orElseThrow(() -> new AssertionError(findings.toString()));
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("recording"), bytes);
    }

    private static byte[] head(SoundFormat format) {
        String text =
                switch (format) {
                    case MP3 -> "ID3\u0004";
                    case AAC -> "\u00ff\u00f1P";
                    case FLAC -> "fLaC";
                    case AIFF -> "FORM\u0000\u0000\u0000\u0000AIFF";
                    default -> "nothing";
                };
        return Arrays.copyOf(text.getBytes(StandardCharsets.ISO_8859_1), 1000);
    }

    private static short[] concat(short[] first, short[] second) {
        short[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** The same sound in every channel, with a chunk that is to be skipped and one of odd length. */
    private static byte[] wav(short[] sound, int code, int channels, int rate, int bits) {
        int bytes = bits / 8;
        int data = sound.length * channels * bytes;
        ByteBuffer out =
                ByteBuffer.allocate(12 + 24 + (bits == 24 ? 14 : 0) + 8 + data).order(ByteOrder.LITTLE_ENDIAN);
        out.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(out.capacity() - 8);
        out.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        out.putShort((short) code).putShort((short) channels).putInt(rate).putInt(rate * channels * bytes);
        out.putShort((short) (channels * bytes)).putShort((short) bits);
        if (bits == 24) {
            out.put("LIST".getBytes(StandardCharsets.US_ASCII)).putInt(5).put(new byte[6]);
        }
        out.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(data);
        for (short sample : sound) {
            for (int channel = 0; channel < channels; channel++) {
                switch (code == FLOAT ? 0 : bits) {
                    case 0 -> out.putFloat(sample / 32_768f);
                    case 8 -> out.put((byte) ((sample >> 8) + 128));
                    case 16 -> out.putShort(sample);
                    case 24 -> out.put((byte) 0).putShort(sample);
                    default -> out.putInt(sample << 16);
                }
            }
        }
        return out.array();
    }
}
