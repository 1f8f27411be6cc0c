package dev.parley.media.recording;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.it.stage.Eventually;
import dev.parley.media.AudioDecoder;
import dev.parley.media.AudioDecoders;
import dev.parley.media.mp4.Boxes;
import dev.parley.shared.execution.Cancellation;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import dev.parley.testkit.AudioComparison;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentPreparerTest {
    private final RecordingPreparer preparer = new ContentPreparer();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "voice-stereo.wav, audio/wav, WAV, 8448",
        "voice-mp3.mp3, audio/mp3, MP3, 8496",
        "voice-flac.flac, audio/flac, FLAC, 8448",
        "voice-vorbis.ogg, audio/ogg, Ogg with Vorbis, 8448",
        "voice-opus.ogg, audio/ogg, Ogg with Opus, 8448",
        "firefox-ogg.ogg, audio/ogg, Ogg with Opus, 6002"
    })
    void what_gemini_takes_is_passed_on(String file, String mimeType, String found, long millis) throws IOException {
        Path source = write(file, corpus(file));
        PreparedRecording prepared = preparer.prepare(source, mimeType, folder, new Cancellation());
        assertEquals(source, prepared.file());
        assertEquals(mimeType, prepared.mimeType());
        assertEquals(found, prepared.found());
        assertEquals(PreparedRecording.Treatment.PASSED_ON, prepared.treatment());
        assertNull(prepared.mismatch());
        assertEquals(millis, Objects.requireNonNull(prepared.duration()).toMillis());
        assertEquals(1, files());
    }

    @ParameterizedTest
    @CsvSource({
        "chrome-128k.webm, WebM with Opus, 8940",
        "chrome-32k.webm, WebM with Opus, 9000",
        "chrome-16k.webm, WebM with Opus, 9000",
        "firefox.webm, WebM with Opus, 5933",
        "voice-stereo-hybrid.webm, WebM with Opus, 8448",
        "chrome-mp4-opus.mp4, MP4 with Opus, 8920"
    })
    void opus_is_put_into_ogg_with_the_same_packets(String file, String found, long millis) throws IOException {
        PreparedRecording prepared =
                preparer.prepare(write(file, corpus(file)), "video/x-unknown", folder, new Cancellation());
        assertEquals("audio/ogg", prepared.mimeType());
        assertEquals(found, prepared.found());
        assertEquals(PreparedRecording.Treatment.REMUXED, prepared.treatment());
        assertNull(prepared.mismatch());
        assertEquals(millis, Objects.requireNonNull(prepared.duration()).toMillis());
        byte[] ogg = Files.readAllBytes(prepared.file());
        byte[] pcm = decode(ogg);
        // The same packets through the same decoder are the same samples, to the last byte.
        assertArrayEquals(decode(corpus(file)), pcm);
        String reference = "/corpus/" + file.substring(0, file.lastIndexOf('.')) + ".pcm16k.wav";
        AudioComparison comparison =
                AudioComparison.of(AudioComparison.samples(pcm), AudioComparison.readWavResource(reference), 320);
        assertTrue(comparison.correlation() >= 0.99, comparison::toString);
        assertTrue(Math.abs(comparison.lengthDifferenceMillis()) <= 1, comparison::toString);
        PreparedRecording again = preparer.prepare(prepared.file(), null, folder, new Cancellation());
        assertEquals(PreparedRecording.Treatment.PASSED_ON, again.treatment());
    }

    @ParameterizedTest
    @ValueSource(strings = {"voice-m4a.m4a", "voice-fragmented-aac.mp4"})
    void aac_is_put_into_adts_with_the_same_packets(String file) throws IOException {
        byte[] source = corpus(file);
        PreparedRecording prepared = preparer.prepare(write(file, source), "audio/mp4", folder, new Cancellation());
        assertEquals("audio/aac", prepared.mimeType());
        assertEquals("MP4 with AAC", prepared.found());
        assertEquals(8_490, Objects.requireNonNull(prepared.duration()).toMillis());
        byte[] adts = Files.readAllBytes(prepared.file());
        int frames = 0;
        byte[] packets = new byte[adts.length];
        int length = 0;
        for (int at = 0; at < adts.length; frames++) {
            ByteBuffer header = ByteBuffer.wrap(adts, at, 7).slice();
            // MPEG-4, LC, 48 kHz, mono in the first file of the corpus and in the second.
            assertEquals(0xFFF14C, header.getInt(0) >>> 8);
            int size = (header.getInt(2) >> 5 & 0x1FFF);
            System.arraycopy(adts, at + 7, packets, length, size - 7);
            length += size - 7;
            at += size;
        }
        assertEquals(398, frames);
        if (file.endsWith(".m4a")) {
            int mdat = new String(source, StandardCharsets.ISO_8859_1).indexOf("mdat") + 4;
            assertArrayEquals(Arrays.copyOfRange(source, mdat, mdat + length), Arrays.copyOf(packets, length));
        } else {
            Path plain = write("voice-m4a.m4a", corpus("voice-m4a.m4a"));
            assertArrayEquals(
                    Files.readAllBytes(preparer.prepare(plain, null, folder, new Cancellation())
                            .file()),
                    adts);
        }
    }

    @Test
    void a_wrong_type_is_told() throws IOException {
        Path source = write("x", corpus("voice-flac.flac"));
        assertEquals(
                "The recording sent as audio/mpeg;x=1 is FLAC and was taken as such.",
                preparer.prepare(source, "audio/mpeg;x=1", folder, new Cancellation())
                        .mismatch());
        assertNull(preparer.prepare(source, "application/octet-stream", folder, new Cancellation())
                .mismatch());
        assertNull(preparer.prepare(source, null, folder, new Cancellation()).mismatch());
    }

    @Test
    void headers_made_by_hand_are_understood() throws IOException {
        assertEquals(1_000, millis(wav(1, 16_000, 16, 32_000, new byte[32_000])));
        assertEquals(500, millis(wav(3, 16_000, 32, -1, new byte[32_000])));
        assertEquals(1_000, millis(aiff("AIFF", "", 8_000, new byte[16_000])));
        assertEquals(1_000, millis(aiff("AIFC", "sowt", 8_000, new byte[16_000])));
        byte[] id3 = {'I', 'D', '3', 4, 0, 0, 0, 0, 1, 0};
        byte[] mp3 = corpus("voice-mp3.mp3");
        int tag = mp3[0] == 'I' ? 10 + (mp3[8] << 7) + mp3[9] : 0;
        byte[] tagged = join(id3, new byte[128], id3, new byte[128], Arrays.copyOfRange(mp3, tag, mp3.length));
        assertEquals(
                "MP3",
                preparer.prepare(write("x", tagged), null, folder, new Cancellation())
                        .found());
    }

    @ParameterizedTest
    @CsvSource({
        "'', empty",
        "hello there, begins like no known audio",
        "RIFF....WAVE, holds no sound",
        "FORM....AIFF, holds no sound",
        "fLaC, does not say",
        "OggS, none of its pages is whole",
        "ID3, layer 3",
        "....ftypisom, breaks off before the description",
        "#!AMR, which this server cannot prepare",
        "caff, which this server cannot prepare"
    })
    void nonsense_is_refused_in_words(String bytes, String says) throws IOException {
        String message = refusal(bytes.getBytes(StandardCharsets.US_ASCII));
        assertTrue(message.contains(says), message);
        assertTrue(message.contains("Send WAV, MP3"), message);
    }

    @Test
    void headers_that_make_no_sense_are_refused() throws IOException {
        assertTrue(refusal(wav(1, 16_000, 16, 0, new byte[0])).contains("no sound"));
        assertTrue(refusal(wav(1, 16_000, 4, 100, new byte[100])).contains("4 bits"));
        assertTrue(refusal(wav(1, 3, 16, 100, new byte[100])).contains("3 Hz"));
        assertTrue(refusal(wav(7, 8_000, 8, 100, new byte[100])).contains("compressed sound (format 7)"));
        assertTrue(refusal(aiff("AIFC", "ima4", 8_000, new byte[100])).contains("compressed"));
        for (String file : new String[] {"voice-mp3.mp3", "voice-flac.flac", "voice-vorbis.ogg", "firefox-ogg.ogg"}) {
            for (int length = 0; length < 200; length++) {
                refusal(Arrays.copyOf(corpus(file), length));
            }
        }
        byte[] flac = corpus("voice-flac.flac");
        Arrays.fill(flac, 42, flac.length, (byte) 0);
        assertTrue(refusal(flac).contains("FLAC"));
        byte[] likeMp3 = new byte[5_000];
        Arrays.fill(likeMp3, (byte) 0xFF);
        likeMp3[1] = (byte) 0xFB;
        assertTrue(refusal(likeMp3).contains("layer 3"));
        likeMp3[1] = (byte) 0xF1;
        assertTrue(refusal(likeMp3).contains("ADTS"));
        assertTrue(refusal(Arrays.copyOf(corpus("voice-m4a.m4a"), 70_000)).contains("breaks off"));
        assertTrue(refusal(Arrays.copyOf(corpus("chrome-16k.webm"), 160)).contains("no sound"));
        byte[] alac = Boxes.box(
                "moov",
                Boxes.box(
                        "trak",
                        Boxes.box(
                                "mdia",
                                Boxes.box("hdlr", "........soun.........".getBytes(StandardCharsets.US_ASCII)),
                                Boxes.box("stsd", new byte[] {0, 0, 0, 0, 0, 0, 0, 1}, Boxes.entry("alac")))));
        assertTrue(refusal(join(Boxes.box("ftyp", new byte[4]), alac)).contains("MP4 with Apple Lossless"));
    }

    @Test
    void a_file_cut_off_gives_what_was_whole() throws IOException {
        byte[] webm = corpus("chrome-16k.webm");
        PreparedRecording prepared =
                preparer.prepare(write("x", Arrays.copyOf(webm, 9_000)), null, folder, new Cancellation());
        assertTrue(Objects.requireNonNull(prepared.duration()).toMillis() > 3_000);
        assertNotNull(preparer.prepare(
                write("y", Arrays.copyOf(corpus("voice-stereo.wav"), 5_000)), null, folder, new Cancellation()));
    }

    @Test
    void the_rest_goes_to_the_transcoder() throws IOException {
        RecordingPreparer able = new ContentPreparer((source, target, grows, cancellation) -> {
            try {
                Files.write(target, wav(1, 16_000, 16, 32_000, new byte[32_000]));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        PreparedRecording prepared = able.prepare(
                write("x", "#!AMR\n".getBytes(StandardCharsets.US_ASCII)), null, folder, new Cancellation());
        assertEquals("audio/wav", prepared.mimeType());
        assertEquals("AMR", prepared.found());
        assertEquals(PreparedRecording.Treatment.TRANSCODED, prepared.treatment());
        assertEquals(1_000, Objects.requireNonNull(prepared.duration()).toMillis());
        RecordingPreparer failing = new ContentPreparer((source, target, grows, cancellation) -> {
            try {
                Files.write(target, new byte[5]);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            throw new ParleyException(FailureKind.UNSUPPORTED_AUDIO, "no");
        });
        long before = files();
        assertThrows(
                ParleyException.class, () -> failing.prepare(folder.resolve("x"), null, folder, new Cancellation()));
        assertEquals(before, files());
    }

    @ParameterizedTest
    @ValueSource(strings = {"chrome-16k.webm", "voice-m4a.m4a", "voice-mp3.mp3"})
    void what_is_given_up_leaves_nothing(String name) throws IOException {
        Path source = write("x", corpus(name));
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();
        assertThrows(CancellationException.class, () -> preparer.prepare(source, null, folder, cancellation));
        assertEquals(1, files());
    }

    @Test
    void remuxing_ends_when_it_is_given_up() throws IOException {
        byte[] webm = corpus("chrome-16k.webm");
        Path source = folder.resolve("long");
        try (OutputStream out = Files.newOutputStream(source)) {
            for (int i = 0; i < 4_000; i++) { // a recorder restarted: as long as a person may upload
                out.write(webm);
            }
        }
        Cancellation cancellation = new Cancellation();
        CompletableFuture<Void> work = CompletableFuture.runAsync(() ->
                assertThrows(CancellationException.class, () -> preparer.prepare(source, null, folder, cancellation)));
        Eventually.holds("a file that grows", () -> files() == 2);
        cancellation.cancel();
        work.orTimeout(30, TimeUnit.SECONDS).join();
        assertEquals(1, files());
    }

    private long millis(byte[] recording) throws IOException {
        return Objects.requireNonNull(preparer.prepare(write("x", recording), null, folder, new Cancellation())
                        .duration())
                .toMillis();
    }

    private String refusal(byte[] recording) throws IOException {
        Path source = write("x", recording);
        ParleyException refused = assertThrows(
                ParleyException.class,
                () -> preparer.prepare(source, null, folder, new Cancellation()),
                () -> "" + recording.length);
        assertEquals(FailureKind.UNSUPPORTED_AUDIO, refused.kind(), refused::getMessage);
        assertEquals(1, files(), "something was left behind");
        return refused.getMessage();
    }

    private long files() {
        try (var listed = Files.list(folder)) {
            return listed.count();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private static byte[] wav(int format, int rate, int bits, int dataSize, byte[] data) {
        ByteBuffer wav = ByteBuffer.allocate(44 + data.length).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF....WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
                .putInt(16)
                .putShort((short) format);
        wav.putShort((short) 1).putInt(rate).putInt(rate * bits / 8).putShort((short) Math.max(1, bits / 8));
        wav.putShort((short) bits)
                .put("data".getBytes(StandardCharsets.US_ASCII))
                .putInt(dataSize)
                .put(data);
        return wav.array();
    }

    private static byte[] aiff(String type, String compression, int rate, byte[] data) {
        int more = compression.isEmpty() ? 0 : 6;
        ByteBuffer aiff = ByteBuffer.allocate(12 + 8 + 18 + more + 16 + data.length);
        aiff.put("FORM....".getBytes(StandardCharsets.US_ASCII));
        aiff.put(type.getBytes(StandardCharsets.US_ASCII));
        aiff.put("COMM".getBytes(StandardCharsets.US_ASCII)).putInt(18 + more).putShort((short) 1);
        int exponent = 31 - Integer.numberOfLeadingZeros(rate);
        aiff.putInt(data.length / 2).putShort((short) 16).putShort((short) (16_383 + exponent));
        aiff.putLong((long) rate << (63 - exponent));
        aiff.put(compression.getBytes(StandardCharsets.US_ASCII)).put(new byte[Math.max(0, more - 4)]);
        aiff.put("SSND".getBytes(StandardCharsets.US_ASCII))
                .putInt(8 + data.length)
                .putLong(0)
                .put(data);
        return aiff.array();
    }

    private static byte[] decode(byte[] recording) {
        ByteArrayOutputStream pcm = new ByteArrayOutputStream();
        try (AudioDecoder decoder = new AudioDecoders().open(null)) {
            decoder.decode(ByteBuffer.wrap(recording), pcm::write);
            decoder.finish(pcm::write);
        }
        return pcm.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] corpus(String file) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(ContentPreparerTest.class.getResourceAsStream("/corpus/" + file), file)) {
            return in.readAllBytes();
        }
    }
}
