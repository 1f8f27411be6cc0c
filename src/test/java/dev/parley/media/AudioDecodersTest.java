package dev.parley.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import dev.parley.testkit.AudioComparison;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AudioDecodersTest {
    private static final Recording WEBM = Recording.webm("chrome-16k");

    private final AudioDecoders decoders = new AudioDecoders();

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "audio/webm;codecs=opus",
                "audio/webm; codecs=\"opus\"",
                " Audio/WebM ; Codecs = \" OPUS \" ;",
                "audio/webm",
                "video/webm;codecs=vp8,opus",
                "video/x-matroska;codecs=avc1",
                "audio/pcm;rate=48000",
                "application/octet-stream",
                "audio/something-new",
                "  "
            })
    void webm_is_decoded_whatever_is_declared_that_may_hold_it(@Nullable String mimeType) {
        byte[] head = Arrays.copyOf(WEBM.bytes(), 4000);
        byte[] pcm = Recording.decode(decoders.open(mimeType), head, Recording.pieces(head.length, 1));
        assertTrue(pcm.length > 20_000, "bytes: " + pcm.length);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "audio/ogg;codecs=vorbis | vorbis, not Opus",
                "audio/mp4;codecs=mp4a.40.2 | holds AAC, which this server does not decode live",
                "audio/mpeg | MP3",
                "audio/wav | WAV",
                "audio/flac | FLAC",
                "audio/aac | holds AAC, which this server does not decode live",
                "audio/webm;codecs=mp4a.40.2 | mp4a.40.2, not Opus",
                "audio/webm;codecs=vorbis | vorbis, not Opus",
                "audio/webm;codecs=\"vp8, pcm\" | pcm, not Opus",
                "audio/L16;rate=16000 | byte order",
                "audio/pcm | sampling rate",
                "audio/pcm;rate=7999 | 8000",
                "audio/pcm;rate=192001 | 192000",
                "audio/pcm;rate=fast | 8000",
                "audio/pcm;rate=16000;channels=3 | mono nor stereo",
                "text/html | not audio",
                "image/png | not audio",
                "nonsense | not audio",
            })
    void types_that_cannot_be_decoded_live_are_refused_at_once(String mimeType, String says) {
        ParleyException refused = assertThrows(ParleyException.class, () -> decoders.open(mimeType));
        assertEquals(FailureKind.UNSUPPORTED_AUDIO, refused.kind());
        assertTrue(refused.getMessage().contains(says), refused::getMessage);
        assertTrue(refused.getMessage().contains("audio/mp4;codecs=opus or audio/pcm;rate=N"), refused::getMessage);
    }

    @Test
    void a_hostile_type_does_not_reach_the_message() {
        ParleyException refused =
                assertThrows(ParleyException.class, () -> decoders.open("audio/\u0000<script>" + "x".repeat(9999)));
        assertTrue(refused.getMessage().length() < 300, refused::getMessage);
        refused = assertThrows(ParleyException.class, () -> decoders.open("te\u0007\nxt/html"));
        assertTrue(refused.getMessage().startsWith("te??xt/html is not audio"), refused::getMessage);
    }

    @Test
    void other_recordings_are_refused_by_name_whatever_was_declared() {
        byte[] wav = Recording.file("voice-stereo-hybrid.pcm16k.wav").bytes();
        for (String declared : Arrays.asList(null, "audio/webm;codecs=opus", "audio/pcm;rate=16000")) {
            String message = refusal(declared, wav);
            assertTrue(message.contains(" is WAV."), message);
            assertTrue(message.contains("audio/pcm;rate=N"), message);
        }
    }

    @Test
    void aac_is_refused_in_words_where_nothing_decodes_it() {
        String message =
                refusal("audio/mp4", Recording.file("voice-fragmented-aac.mp4").bytes());
        assertTrue(message.contains("AAC, which this server does not decode live"), message);
        message = refusal(null, Recording.file("voice-m4a.m4a").bytes());
        assertTrue(message.contains("only the whole file makes sense"), message);
    }

    @Test
    void aac_goes_to_the_decoder_that_is_plugged_in_as_adts_frames() {
        ByteArrayOutputStream adts = new ByteArrayOutputStream();
        AudioDecoders withAac = new AudioDecoders(wakeUp -> new Adts(adts));
        Recording aac = Recording.file("voice-fragmented-aac.mp4");
        AudioDecoder decoder = withAac.open("audio/mp4;codecs=mp4a.40.2", () -> {});
        byte[] pcm = Recording.decode(decoder, aac.bytes(), aac.chunks());
        assertEquals("finished", new String(pcm, StandardCharsets.US_ASCII));
        byte[] frames = adts.toByteArray();
        int count = 0;
        for (int at = 0; at < frames.length; count++) {
            assertEquals(0xFFF1, ByteBuffer.wrap(frames).getShort(at) & 0xFFFF);
            at += (frames[at + 3] & 3) << 11 | (frames[at + 4] & 0xFF) << 3 | (frames[at + 5] & 0xFF) >> 5;
            assertTrue(at <= frames.length);
        }
        assertEquals(398, count);
    }

    @Test
    void aac_is_refused_with_the_reason_where_its_decoder_cannot_run() {
        AudioDecoders without = new AudioDecoders(new LateDecoders() {
            @Override
            public AudioDecoder open(Runnable wakeUp) {
                throw new AssertionError("asked for although it cannot be had");
            }

            @Override
            public Optional<String> missing() {
                return Optional.of("it was built without");
            }
        });
        for (String declared : List.of("audio/aac", "audio/mp4;codecs=mp4a.40.2")) {
            ParleyException refused = assertThrows(ParleyException.class, () -> without.open(declared, () -> {}));
            assertEquals(FailureKind.UNSUPPORTED_AUDIO, refused.kind());
            assertTrue(
                    refused.getMessage()
                            .startsWith(declared
                                    + " holds AAC, which cannot be decoded on this server: it was built without."),
                    refused::getMessage);
        }
        byte[] mp4 = Recording.file("voice-fragmented-aac.mp4").bytes();
        AudioDecoder undeclared = without.open(null, () -> {});
        ParleyException refused = assertThrows(
                ParleyException.class, () -> undeclared.decode(ByteBuffer.wrap(mp4), AudioDecodersTest::drop));
        assertTrue(refused.getMessage().startsWith("The recording holds AAC, which cannot"), refused::getMessage);
    }

    @Test
    void adts_goes_to_the_decoder_that_is_plugged_in_as_it_is() {
        byte[] stream = {(byte) 0xFF, (byte) 0xF1, 0x4C, 0x40, 1, 2, 3, 4, 5, 6, 7, 8, 9};
        for (String declared : Arrays.asList("audio/aac", null, "audio/webm")) {
            for (int piece : new int[] {1, 5, 13}) {
                ByteArrayOutputStream adts = new ByteArrayOutputStream();
                AudioDecoder decoder = new AudioDecoders(wakeUp -> new Adts(adts)).open(declared, () -> {});
                Recording.decode(decoder, stream, Recording.pieces(stream.length, piece));
                assertArrayEquals(stream, adts.toByteArray());
            }
        }
    }

    @Test
    void a_restarted_recorder_of_aac_stays_with_its_decoder_and_another_codec_is_refused() {
        byte[] aac = Recording.file("voice-fragmented-aac.mp4").bytes();
        List<ByteArrayOutputStream> opened = new ArrayList<>();
        AudioDecoders withAac = new AudioDecoders(wakeUp -> {
            opened.add(new ByteArrayOutputStream());
            return new Adts(opened.get(opened.size() - 1));
        });
        AudioDecoder decoder = withAac.open("audio/mp4", () -> {});
        decoder.decode(ByteBuffer.wrap(aac), AudioDecodersTest::drop);
        int once = opened.get(0).size();
        decoder.decode(ByteBuffer.wrap(aac), AudioDecodersTest::drop);
        assertEquals(1, opened.size());
        assertEquals(2 * once, opened.get(0).size());
        byte[] opus = Recording.file("chrome-mp4-opus.mp4").bytes();
        ParleyException refused = assertThrows(
                ParleyException.class, () -> decoder.decode(ByteBuffer.wrap(opus), AudioDecodersTest::drop));
        assertTrue(refused.getMessage().contains("goes on with another codec"), refused::getMessage);
    }

    @ParameterizedTest
    @CsvSource({
        "firefox-ogg.ogg, Ogg, audio/ogg",
        "chrome-mp4-opus.mp4, MP4, audio/mp4",
        "chrome-16k.webm, WebM, audio/webm"
    })
    void a_wrong_declaration_is_told_and_the_stream_decoded_as_what_it_is(String file, String title, String type) {
        Recording recording = Recording.file(file);
        byte[] right = Recording.decode(decoders.open(type), recording.bytes(), recording.chunks());
        for (String declared : List.of("audio/webm;codecs=opus", "audio/ogg", "audio/mp4", "audio/pcm;rate=16000")) {
            AudioDecoder decoder = decoders.open(declared);
            assertEquals(Optional.empty(), decoder.mismatch());
            assertArrayEquals(right, Recording.decode(decoder, recording.bytes(), recording.chunks()));
            String told = decoder.mismatch().orElse("");
            assertEquals(declared.startsWith(type), told.isEmpty(), told);
            assertTrue(
                    told.isEmpty()
                            || told.equals("The audio sent as " + declared + " is " + title
                                    + " and was decoded as such; declare " + type + "."),
                    told);
        }
        AudioDecoder undeclared = decoders.open(null);
        assertArrayEquals(right, Recording.decode(undeclared, recording.bytes(), recording.chunks()));
        assertEquals(Optional.empty(), undeclared.mismatch());
    }

    @Test
    void what_else_may_come_is_named() {
        assertTrue(refusal(null, "ID3\u0004rest of it".getBytes(StandardCharsets.ISO_8859_1))
                .contains("MP3"));
        assertTrue(refusal(null, new byte[] {-1, (byte) 0xFB, 0}).contains("MP3"));
        assertTrue(refusal(null, new byte[] {-1, (byte) 0xF1, 0}).contains("AAC"));
        assertTrue(refusal(null, "fLaC....".getBytes(StandardCharsets.US_ASCII)).contains("FLAC"));
        assertTrue(refusal(null, "<!doctype html>".getBytes(StandardCharsets.US_ASCII))
                .contains("text"));
        assertTrue(refusal("audio/webm", "{\"a\":1}".getBytes(StandardCharsets.US_ASCII))
                .contains("text"));
        assertTrue(refusal(null, new byte[] {0x12, 0x34, 0x56, 0x78}).contains("12 34 56 78"));
        assertTrue(refusal(null, new byte[100]).contains("raw samples must be declared"));
        byte[] middle = Arrays.copyOfRange(WEBM.bytes(), 146, 1000);
        assertTrue(refusal("audio/webm", middle).contains("first bytes are missing"));
    }

    @Test
    void a_refused_stream_stays_refused_and_a_closed_one_is_a_mistake() {
        AudioDecoder decoder = decoders.open(null);
        ParleyException first = assertThrows(
                ParleyException.class, () -> decoder.decode(ByteBuffer.wrap(new byte[50]), AudioDecodersTest::drop));
        assertSame(
                first,
                assertThrows(
                        ParleyException.class,
                        () -> decoder.decode(ByteBuffer.wrap(WEBM.bytes()), AudioDecodersTest::drop)));
        decoder.close();
        decoder.close();
        AudioDecoder closed = decoders.open("audio/webm");
        closed.close();
        assertThrows(IllegalStateException.class, () -> closed.decode(ByteBuffer.allocate(1), AudioDecodersTest::drop));
    }

    @Test
    void nothing_and_almost_nothing_end_in_silence() {
        assertEquals(0, Recording.decode(decoders.open(null), new byte[0], List.of()).length);
        assertEquals(0, Recording.decode(decoders.open("audio/webm"), new byte[] {0x1A, 0x45}, List.of(2)).length);
        assertEquals(0, Recording.decode(decoders.open("audio/pcm;rate=48000"), new byte[1], List.of(1)).length);
        byte[] little = {1, 2, 3};
        assertArrayEquals(
                new byte[] {1, 2}, Recording.decode(decoders.open("audio/pcm;rate=16000"), little, List.of(0, 1, 2)));
    }

    @Test
    void raw_samples_of_16_kHz_pass_unchanged_however_they_are_cut() {
        byte[] pcm = Arrays.copyOfRange(
                Recording.file("voice-stereo-hybrid.pcm16k.wav").bytes(), 100, 30_100);
        for (int piece : new int[] {1, 3, 640, 30_000}) {
            AudioDecoder decoder = decoders.open("audio/PCM; rate=\"16000\"");
            assertArrayEquals(pcm, Recording.decode(decoder, pcm, Recording.pieces(pcm.length, piece)));
        }
    }

    @ParameterizedTest
    @CsvSource({"16000, 1", "16000, 2", "44100, 1", "48000, 1", "48000, 2"})
    void samples_of_any_rate_may_be_cut_anywhere(int rate, int channels) {
        byte[] pcm = Arrays.copyOfRange(
                Recording.file("voice-stereo-hybrid.pcm16k.wav").bytes(), 100, 30_100);
        String mimeType = "audio/pcm;rate=" + rate + ";channels=" + channels;
        byte[] whole = Recording.decode(decoders.open(mimeType), pcm, List.of(pcm.length));
        assertEquals(15_000.0 * 16_000 / rate / channels, whole.length / 2.0, 40);
        for (int piece : new int[] {1, 3, 4, 7, 641, 12_001}) {
            assertArrayEquals(
                    whole, Recording.decode(decoders.open(mimeType), pcm, Recording.pieces(pcm.length, piece)));
        }
    }

    @Test
    void raw_samples_that_begin_like_something_weak_are_still_raw_samples() {
        byte[] likeMp3 = {-1, (byte) 0xFB, 0, 0, -1, (byte) 0xF1, 'I', 'D', '3', 0};
        assertArrayEquals(likeMp3, Recording.decode(decoders.open("audio/pcm;rate=16000"), likeMp3, List.of(10)));
        byte[] text = "perfectly printable samples!".getBytes(StandardCharsets.US_ASCII);
        assertArrayEquals(text, Recording.decode(decoders.open("audio/pcm;rate=16000"), text, List.of(28)));
    }

    @Test
    void stereo_of_48_kHz_is_mixed_down_and_resampled_the_same_for_every_cut() {
        byte[] pcm = new byte[48_000 * 4];
        ByteBuffer frames = ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 48_000; i++) {
            frames.putShort((short) Math.round(12_000 * Math.sin(2 * Math.PI * 440 * i / 48_000)));
            frames.putShort((short) Math.round(4_000 * Math.sin(2 * Math.PI * 440 * i / 48_000)));
        }
        byte[] whole = Recording.decode(decoders.open("audio/pcm;rate=48000;channels=2"), pcm, List.of(pcm.length));
        short[] samples = AudioComparison.samples(whole);
        assertEquals(16_000, samples.length);
        for (int m = 200; m < 15_800; m++) {
            assertEquals(8_000 * Math.sin(2 * Math.PI * 440 * m / 16_000), samples[m], 4);
        }
        for (int piece : new int[] {1, 7, 7680}) {
            AudioDecoder decoder = decoders.open("audio/pcm;rate=48000;channels=2");
            assertArrayEquals(whole, Recording.decode(decoder, pcm, Recording.pieces(pcm.length, piece)));
        }
    }

    @Test
    void a_recorder_restarted_in_the_same_stream_is_decoded_on() {
        byte[] once = Recording.decode(decoders.open(null), WEBM.bytes(), List.of(WEBM.bytes().length));
        ByteArrayOutputStream twice = new ByteArrayOutputStream();
        twice.writeBytes(WEBM.bytes());
        twice.writeBytes(WEBM.bytes());
        byte[] pcm = Recording.decode(decoders.open(null), twice.toByteArray(), List.of(twice.size()));
        assertEquals(2 * once.length, pcm.length);
        AudioComparison second = AudioComparison.of(
                AudioComparison.samples(Arrays.copyOfRange(pcm, once.length, pcm.length)), WEBM.reference(), 16);
        assertTrue(second.correlation() > 0.99, second::toString);
    }

    @Test
    void concealed_packets_are_counted_over_restarts_and_after_closing() {
        byte[] bad = Arrays.copyOf(WEBM.bytes(), 2000);
        // Behind the header of the first SimpleBlock: a packet of several frames with none in it.
        int packet = 161 + 1 + (bad[162] < 0 ? 1 : 2) + 4;
        bad[packet] |= 3;
        bad[packet + 1] = 0;
        AudioDecoder decoder = decoders.open("audio/webm");
        int whole = bad.length - 4;
        // Only whole clusters may be followed by a new recording.
        while (ByteBuffer.wrap(bad).getInt(whole) != 0x1F43B675) {
            whole--;
        }
        decoder.decode(ByteBuffer.wrap(bad, 0, whole), AudioDecodersTest::drop);
        decoder.decode(ByteBuffer.wrap(bad, 0, whole), AudioDecodersTest::drop);
        assertEquals(2, decoder.concealedPackets());
        decoder.close();
        decoder.close();
        assertEquals(2, decoder.concealedPackets());
    }

    private String refusal(@Nullable String declared, byte[] bytes) {
        String[] messages = new String[2];
        for (int i = 0; i < 2; i++) {
            AudioDecoder decoder = decoders.open(declared);
            List<Integer> pieces = Recording.pieces(bytes.length, i == 0 ? bytes.length : 1);
            ParleyException refused =
                    assertThrows(ParleyException.class, () -> Recording.decode(decoder, bytes, pieces));
            assertEquals(FailureKind.UNSUPPORTED_AUDIO, refused.kind());
            messages[i] = refused.getMessage();
        }
        assertEquals(messages[0], messages[1]);
        return messages[0];
    }

    /** Keeps what it gets. */
    private record Adts(ByteArrayOutputStream frames) implements AudioDecoder {
        @Override
        public void decode(ByteBuffer bytes, PcmSink sink) {
            byte[] frame = new byte[bytes.remaining()];
            bytes.get(frame);
            frames.writeBytes(frame);
        }

        @Override
        public void finish(PcmSink sink) {
            sink.pcm("finished".getBytes(StandardCharsets.US_ASCII), 0, 8);
        }

        @Override
        public int concealedPackets() {
            return 0;
        }

        @Override
        public void close() {
            // holds nothing
        }
    }

    private static void drop(byte[] buffer, int offset, int length) {
        // the test looks at failures only
    }
}
