package dev.parley.media.opus.decoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What no encoder sends: {@code -Dparley.fuzz.cases=N} damaged packets (10 000; 200 000 with {@code -Pfuzz}), from {@code
 * -Dparley.fuzz.from=N} on.
 */
class OpusDecoderTest {
    private static final long CASES = Long.getLong("parley.fuzz.cases", 10_000);
    private static final long FROM = Long.getLong("parley.fuzz.from", 1);
    /** Damaged packets that one decoder is given, one after the other. */
    private static final int STREAM = 25;

    private final short[] out = new short[OpusDecoder.MAX_SAMPLES];

    @Test
    void damaged_packets_are_refused_in_words_or_decoded() {
        List<byte[]> packets = packets();
        int refused = 0;
        for (long number = FROM; number < FROM + CASES; number += STREAM) {
            try {
                refused += stream(packets, new Random(number * 0x9E3779B97F4A7C15L));
            } catch (RuntimeException | AssertionError failed) {
                throw new AssertionError(
                        "stream " + number + ": replay it with -Dparley.fuzz.from=" + number + " -Dparley.fuzz.cases=1",
                        failed);
            }
        }
        assertTrue(CASES < 1_000 || refused > CASES / 20, "only " + refused + " refused");
    }

    private int stream(List<byte[]> packets, Random random) {
        OpusDecoder decoder = new OpusDecoder();
        int refused = 0;
        for (int i = 0; i < STREAM; i++) {
            byte[] packet = damaged(packets.get(random.nextInt(packets.size())), random);
            byte[] within = new byte[packet.length + 3];
            System.arraycopy(packet, 0, within, 3, packet.length);
            try {
                int samples = decoder.decode(within, 3, packet.length, out);
                assertTrue(samples >= 120 && samples <= OpusDecoder.MAX_SAMPLES && samples % 120 == 0, "" + samples);
            } catch (MalformedPacket malformed) {
                assertTrue(String.valueOf(malformed.getMessage()).length() > 5, "no reason");
                decoder.conceal(120 * (1 + random.nextInt(48)), out);
                refused++;
            }
        }
        return refused;
    }

    private static byte[] damaged(byte[] whole, Random random) {
        byte[] packet = whole.clone();
        switch (random.nextInt(6)) {
            case 0 -> {
                packet = new byte[1 + random.nextInt(random.nextInt(4) == 0 ? 1_300 : 60)];
                random.nextBytes(packet);
            }
            case 1 -> {
                for (int flips = 1 + random.nextInt(5); flips > 0; flips--) {
                    packet[random.nextInt(packet.length)] ^= (byte) (1 << random.nextInt(8));
                }
            }
            case 2 -> packet = Arrays.copyOf(packet, 1 + random.nextInt(packet.length));
            case 3 -> packet[0] = (byte) random.nextInt();
            case 4 -> {
                for (int i = random.nextInt(packet.length); i < packet.length; i++) {
                    packet[i] = (byte) random.nextInt();
                }
            }
            default -> {}
        }
        return packet;
    }

    private static List<byte[]> packets() {
        return DifferentialCase.all().stream()
                .flatMap(each -> each.packets().stream())
                .filter(packet -> packet.length > 0)
                .toList();
    }

    @Test
    void every_way_to_be_no_packet_is_told() {
        assertEquals("no bytes", refusal());
        assertEquals("cut off within its header", refusal(0x7B));
        assertEquals("0 frames of 960 samples", refusal(0x7B, 0));
        assertEquals("7 frames of 960 samples", refusal(0x7B, 7));
        assertEquals("3 bytes for 2 equal frames", refusal(0x79, 1, 2, 3));
        assertEquals("a frame longer than the packet", refusal(0x7A, 3, 1, 2));
        assertEquals("cut off within its header", refusal(0x7A, 252));
        assertEquals("padding longer than the packet", refusal(0x7B, 0x41, 3, 0));
        assertEquals("cut off within its header", refusal(0x7B, 0x41, 255));
        int[] large = new int[1_277];
        large[0] = 0x78;
        assertEquals("a frame of 1276 bytes", refusal(large));
    }

    private String refusal(int... bytes) {
        byte[] packet = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            packet[i] = (byte) bytes[i];
        }
        OpusDecoder decoder = new OpusDecoder();
        return String.valueOf(assertThrows(MalformedPacket.class, () -> decoder.decode(packet, 0, packet.length, out))
                .getMessage());
    }

    /** The packet is refused before anything of the stream is changed. */
    @Test
    void a_refused_packet_changes_nothing() throws MalformedPacket {
        List<byte[]> packets = DifferentialCase.all().get(0).packets();
        OpusDecoder plain = new OpusDecoder();
        OpusDecoder disturbed = new OpusDecoder();
        short[] other = new short[OpusDecoder.MAX_SAMPLES];
        for (byte[] packet : packets) {
            int samples = plain.decode(packet, 0, packet.length, out);
            assertThrows(MalformedPacket.class, () -> disturbed.decode(new byte[] {0x7B, 0}, 0, 2, other));
            assertEquals(samples, disturbed.decode(packet, 0, packet.length, other));
            assertArrayEquals(Arrays.copyOf(out, samples), Arrays.copyOf(other, samples));
        }
    }

    @Test
    void before_the_first_packet_there_is_silence() {
        Arrays.fill(out, (short) 7);
        new OpusDecoder().conceal(2_880, out);
        assertArrayEquals(new short[2_880], Arrays.copyOf(out, 2_880));
        assertEquals(7, out[2_880]);
    }
}
