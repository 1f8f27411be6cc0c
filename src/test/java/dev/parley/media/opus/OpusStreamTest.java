package dev.parley.media.opus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.media.container.AudioTrack;
import dev.parley.media.container.PacketListener;
import dev.parley.media.webm.WebmDemuxer;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import dev.parley.testkit.AudioComparison;
import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusDecoder;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OpusStreamTest {
    private static final OpusHead PLAIN = new OpusHead(0, 1);
    private static final int PACKET_SAMPLES = 2880;
    /** A packet of several frames, none of them there: refused as a whole. */
    private static final byte[] REFUSED = {0x7B, 0};

    @Test
    void a_corrupt_packet_costs_only_that_packet() throws IOException {
        List<byte[]> packets = packets("chrome-32k.webm");
        short[] clean = decode(new OpusStream(PLAIN), packets);
        packets.set(50, REFUSED);
        OpusStream stream = new OpusStream(PLAIN);
        short[] damaged = decode(stream, packets);

        assertEquals(1, stream.concealed());
        assertEquals(clean.length, damaged.length);
        int from = 50 * PACKET_SAMPLES;
        assertArrayEquals(Arrays.copyOf(clean, from), Arrays.copyOf(damaged, from));
        int recovered = from + 3 * PACKET_SAMPLES;
        AudioComparison after = AudioComparison.of(
                Arrays.copyOfRange(damaged, recovered, recovered + 48_000),
                Arrays.copyOfRange(clean, recovered, recovered + 48_000),
                0);
        assertTrue(after.correlation() > 0.99, after::toString);
    }

    @Test
    void garbage_of_every_kind_never_throws_and_keeps_time() throws IOException {
        List<byte[]> packets = packets("chrome-16k.webm");
        Random random = new Random(11);
        int thrown = 0;
        for (int seed = 0; seed < 500; seed++) {
            OpusStream stream = new OpusStream(PLAIN);
            stream.decode(packets.get(seed % 100), 0, packets.get(seed % 100).length, 0);
            byte[] garbage = packets.get(random.nextInt(packets.size())).clone();
            for (int flips = random.nextInt(1, 8); flips > 0; flips--) {
                garbage[random.nextInt(Math.min(garbage.length, 12))] = (byte) random.nextInt();
            }
            int samples = stream.decode(garbage, 0, garbage.length, 0);
            assertTrue(samples > 0 && samples <= OpusStream.MAX_SAMPLES && samples % 120 == 0, "samples " + samples);
            thrown += stream.concealed();
            assertEquals(PACKET_SAMPLES, stream.decode(packets.get(7), 0, packets.get(7).length, 0));
        }
        assertTrue(thrown > 3, "the fuzz reached no failure: " + thrown);
    }

    @Test
    void a_lost_packet_is_as_long_as_the_one_before() throws IOException {
        byte[] packet = packets("chrome-32k.webm").get(20);
        OpusStream stream = new OpusStream(PLAIN);
        assertEquals(960, stream.decode(packet, 0, 0, 0));
        assertEquals(0, level(stream, 960));
        assertEquals(PACKET_SAMPLES, stream.decode(packet, 0, packet.length, 0));
        assertEquals(PACKET_SAMPLES, stream.decode(packet, 0, 0, 0));
        assertEquals(2, stream.concealed());
    }

    @Test
    void pre_skip_and_discard_padding_drop_exactly_what_they_say() throws IOException {
        byte[] packet = packets("chrome-32k.webm").get(20);
        OpusStream whole = new OpusStream(PLAIN);
        whole.decode(packet, 0, packet.length, 0);
        short[] expected = Arrays.copyOfRange(whole.samples(), 312, PACKET_SAMPLES - 480);

        OpusStream cut = new OpusStream(new OpusHead(312, 1));
        assertEquals(PACKET_SAMPLES - 312 - 480, cut.decode(packet, 0, packet.length, 10_000_000));
        assertArrayEquals(
                expected, Arrays.copyOfRange(cut.samples(), cut.offset(), cut.offset() + PACKET_SAMPLES - 792));
        assertEquals(PACKET_SAMPLES - 48, cut.decode(packet, 0, packet.length, -1_000_000));
        assertEquals(48, cut.offset());
        assertEquals(0, cut.decode(packet, 0, packet.length, Long.MAX_VALUE));
        assertEquals(0, new OpusStream(new OpusHead(65_535, 1)).decode(packet, 0, packet.length, Long.MIN_VALUE));
    }

    @Test
    void output_gain_amplifies_and_saturates() throws IOException {
        List<byte[]> packets = packets("chrome-32k.webm").subList(0, 60);
        short[] plain = decode(new OpusStream(PLAIN), packets);
        short[] half = decode(new OpusStream(OpusHead.parse(head(1, 0, -1541, 0))), packets);
        short[] huge = decode(new OpusStream(OpusHead.parse(head(1, 0, 32_767, 0))), packets);
        for (int i = 0; i < plain.length; i++) {
            assertEquals(plain[i] / 2.0, half[i], 1 + Math.abs(plain[i]) * 0.001);
            int expected = plain[i] > 0 ? Short.MAX_VALUE : plain[i] < 0 ? Short.MIN_VALUE : 0;
            assertEquals(expected, huge[i]);
        }
    }

    @Test
    void stereo_is_mixed_down_to_the_middle() throws OpusException {
        OpusEncoder encoder = new OpusEncoder(48_000, 2, OpusApplication.OPUS_APPLICATION_AUDIO);
        encoder.setBitrate(128_000);
        OpusDecoder both = new OpusDecoder(48_000, 2);
        OpusStream stream = new OpusStream(PLAIN);
        short[] voice = AudioComparison.readWavResource("/corpus/chrome-128k.pcm16k.wav");
        short[] mixed = new short[100 * 960];
        short[] decoded = new short[100 * 960];
        byte[] packet = new byte[1500];
        short[] in = new short[1920];
        short[] out = new short[1920];
        for (int f = 0; f < 100; f++) {
            for (int i = 0; i < 960; i++) {
                in[2 * i] = voice[(f * 960 + i) / 3];
                in[2 * i + 1] = voice[(f * 960 + i) / 3 + 50_000];
            }
            int length = encoder.encode(in, 0, 960, packet, 0, packet.length);
            both.decode(packet, 0, length, out, 0, 960, false);
            assertEquals(960, stream.decode(packet, 0, length, 0));
            for (int i = 0; i < 960; i++) {
                mixed[f * 960 + i] = (short) ((out[2 * i] + out[2 * i + 1]) / 2);
                decoded[f * 960 + i] = stream.samples()[i];
            }
        }
        AudioComparison comparison = AudioComparison.of(decoded, mixed, 0);
        assertTrue(comparison.correlation() > 0.999, comparison::toString);
    }

    @Test
    void headers_are_read_and_the_undecodable_ones_refused() {
        assertEquals(new OpusHead(312, 1), OpusHead.parse(head(2, 312, 0, 0)));
        assertEquals(new OpusHead(312, 1), OpusHead.parse(OpusHead.write(1, 312)));
        OpusHead loud = OpusHead.parse(OpusHead.write(2, 65_535, 44_100, 1_541, new byte[1]));
        assertEquals(65_535, loud.preSkip());
        assertEquals(2, loud.gain(), 0.001);
        assertTrue(refusal(head(6, 0, 0, 1)).contains("6 channels"));
        assertTrue(refusal(head(2, 0, 0, 255)).contains("several Opus streams"));
        assertTrue(refusal(Arrays.copyOf(head(1, 0, 0, 0), 18)).contains("damaged"));
        assertTrue(refusal(new byte[30]).contains("damaged"));
        byte[] future = head(1, 0, 0, 0);
        future[8] = 0x10;
        assertTrue(refusal(future).contains("version 16"));
        assertTrue(refusal(OpusHead.write(0, 0)).contains("0 channels"));
    }

    private static String refusal(byte[] header) {
        ParleyException refused = assertThrows(ParleyException.class, () -> OpusHead.parse(header));
        assertEquals(FailureKind.UNSUPPORTED_AUDIO, refused.kind());
        return refused.getMessage();
    }

    private static byte[] head(int channels, int preSkip, int gain, int family) {
        byte[] magic = {'O', 'p', 'u', 's', 'H', 'e', 'a', 'd'};
        byte[] head = Arrays.copyOf(magic, 21);
        head[8] = 1;
        head[9] = (byte) channels;
        head[10] = (byte) preSkip;
        head[11] = (byte) (preSkip >> 8);
        head[16] = (byte) gain;
        head[17] = (byte) (gain >> 8);
        head[18] = (byte) family;
        head[19] = 2;
        return head;
    }

    private static long level(OpusStream stream, int samples) {
        long sum = 0;
        for (int i = 0; i < samples; i++) {
            sum += Math.abs(stream.samples()[i]);
        }
        return sum;
    }

    private static short[] decode(OpusStream stream, List<byte[]> packets) {
        short[] all = new short[packets.size() * OpusStream.MAX_SAMPLES];
        int length = 0;
        for (byte[] packet : packets) {
            int samples = stream.decode(packet, 0, packet.length, 0);
            System.arraycopy(stream.samples(), stream.offset(), all, length, samples);
            length += samples;
        }
        return Arrays.copyOf(all, length);
    }

    private static List<byte[]> packets(String file) throws IOException {
        List<byte[]> packets = new ArrayList<>();
        WebmDemuxer demuxer = new WebmDemuxer(new PacketListener() {
            @Override
            public void track(AudioTrack track) {
                packets.clear();
            }

            @Override
            public void packet(byte[] buffer, int offset, int length, long discardNanos) {
                packets.add(Arrays.copyOfRange(buffer, offset, offset + length));
            }
        });
        try (InputStream in =
                Objects.requireNonNull(OpusStreamTest.class.getResourceAsStream("/corpus/" + file), file)) {
            demuxer.feed(ByteBuffer.wrap(in.readAllBytes()));
        }
        demuxer.end();
        return packets;
    }
}
