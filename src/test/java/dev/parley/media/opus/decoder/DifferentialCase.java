package dev.parley.media.opus.decoder;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ShortBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Packets that libopus encoded, and what libopus makes of them: {@code src/test/c/opus-differential.c} wrote them.
 *
 * @param packets those of no bytes are lost
 * @param samples at 48 kHz of all packets
 * @param stride of how many samples one is in {@code reference}
 */
record DifferentialCase(String name, List<byte[]> packets, int samples, int stride, ShortBuffer reference) {
    static List<DifferentialCase> all() {
        List<DifferentialCase> cases = new ArrayList<>();
        try (InputStream file =
                        Objects.requireNonNull(DifferentialCase.class.getResourceAsStream("/opus/differential.bin"));
                DataInputStream in = new DataInputStream(new BufferedInputStream(file))) {
            if (!text(in, 8).equals("OPUSDIF1")) {
                throw new IllegalStateException("not what opus-differential.c writes");
            }
            int stride = in.readUnsignedShort();
            for (int length = in.read(); length >= 0; length = in.read()) {
                cases.add(read(in, text(in, length), stride));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return cases;
    }

    private static DifferentialCase read(DataInputStream in, String name, int stride) throws IOException {
        List<byte[]> packets = new ArrayList<>();
        for (int count = in.readUnsignedShort(); count > 0; count--) {
            packets.add(in.readNBytes(in.readUnsignedShort()));
        }
        int samples = in.readInt();
        short[] reference = new short[(samples + stride - 1) / stride];
        for (int i = 0; i < reference.length; i++) {
            reference[i] = in.readShort();
        }
        return new DifferentialCase(name, packets, samples, stride, ShortBuffer.wrap(reference));
    }

    private static String text(DataInputStream in, int length) throws IOException {
        return new String(in.readNBytes(length), StandardCharsets.US_ASCII);
    }

    boolean hasLosses() {
        return packets.stream().anyMatch(packet -> packet.length == 0);
    }

    @Override
    public String toString() {
        return name;
    }
}
