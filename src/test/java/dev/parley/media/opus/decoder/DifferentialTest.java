package dev.parley.media.opus.decoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our decoder beside libopus 1.3.1, sample by sample, for every combination of mode, band, frame, rate and loss. */
class DifferentialTest {
    private static final int USUAL = 960;
    /** Rounding in another order may change the last bit. */
    private static final int MOST = 1;

    /** What repeats a pitch for a while depends on rounding a little more. */
    private static final int MOST_AFTER_LOSS = 60;

    private static final double LEAST_SNR_AFTER_LOSS = 50;

    static Stream<DifferentialCase> cases() {
        return DifferentialCase.all().stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void samples_are_those_of_libopus(DifferentialCase expected) throws MalformedPacket {
        short[] decoded = decode(expected);
        double energy = 1e-9;
        double own = 1e-9;
        double product = 1e-9;
        double error = 1e-9;
        int most = 0;
        for (int i = 0; i < expected.reference().capacity(); i++) {
            double reference = expected.reference().get(i);
            double actual = decoded[i * expected.stride()];
            energy += reference * reference;
            own += actual * actual;
            product += actual * reference;
            error += (actual - reference) * (actual - reference);
            most = Math.max(most, (int) Math.abs(actual - reference));
        }
        double correlation = product / Math.sqrt(energy * own);
        String measured = expected + ": correlation " + correlation + ", at most " + most + " apart";
        assertTrue(energy > 1, "silence");
        assertTrue(correlation >= 0.9999, measured);
        if (expected.name().contains("silk-")) {
            assertEquals(0, most, measured);
        } else if (expected.hasLosses()) {
            assertTrue(most <= MOST_AFTER_LOSS, measured);
            assertTrue(10 * Math.log10(energy / error) >= LEAST_SNR_AFTER_LOSS, measured);
        } else {
            assertTrue(most <= MOST, measured);
        }
    }

    @Test
    void no_combination_is_missing() {
        List<DifferentialCase> cases = DifferentialCase.all();
        assertEquals(149, cases.size());
        assertTrue(cases.stream().filter(DifferentialCase::hasLosses).count() >= 30);
        boolean[] configurations = new boolean[32];
        boolean[] codes = new boolean[4];
        boolean[] stereo = new boolean[2];
        for (DifferentialCase each : cases) {
            for (byte[] packet : each.packets()) {
                if (packet.length > 0) {
                    configurations[(packet[0] & 0xFF) >> 3] = true;
                    codes[packet[0] & 3] = true;
                    stereo[packet[0] >> 2 & 1] = true;
                }
            }
        }
        for (int i = 0; i < configurations.length; i++) {
            assertTrue(configurations[i], "no packet of configuration " + i);
        }
        assertTrue(codes[0] && codes[1] && codes[2] && codes[3], "codes " + Arrays.toString(codes));
        assertTrue(stereo[0] && stereo[1], "mono and stereo");
    }

    private static short[] decode(DifferentialCase expected) throws MalformedPacket {
        OpusDecoder decoder = new OpusDecoder();
        short[] all = new short[expected.samples() + OpusDecoder.MAX_SAMPLES];
        short[] out = new short[OpusDecoder.MAX_SAMPLES];
        int length = 0;
        int count = USUAL;
        for (byte[] packet : expected.packets()) {
            if (packet.length > 0) {
                count = decoder.decode(packet, 0, packet.length, out);
            } else {
                decoder.conceal(count, out);
            }
            System.arraycopy(out, 0, all, length, count);
            length += count;
        }
        assertEquals(expected.samples(), length);
        return all;
    }
}
