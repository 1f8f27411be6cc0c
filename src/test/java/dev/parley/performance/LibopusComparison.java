package dev.parley.performance;

import com.sun.management.OperatingSystemMXBean;
import dev.parley.media.AudioDecoder;
import dev.parley.media.AudioDecoders;
import dev.parley.media.opus.OpusPackets;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Our demuxing, decoding and resampling beside what libopus needs for decoding alone, by turns in one run, because the
 * machine is never equally fast twice. Arguments: the program made of {@code src/test/c/opus-decode-benchmark.c}, and the
 * number of turns.
 */
public final class LibopusComparison {
    private static final List<String> RECORDINGS = List.of(
            "chrome-16k.webm",
            "chrome-32k.webm",
            "chrome-128k.webm",
            "firefox.webm",
            "firefox-ogg.ogg",
            "chrome-mp4-opus.mp4");

    /** Some seconds of work, after which HotSpot has compiled what it will compile. */
    private static final int WARM_UP_PASSES = 120;

    private static final int PASSES = 40;
    /** 20 ms at 48 kHz. */
    private static final int UNIT = 960;

    private static final PrintStream OUT =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    private final RecordedStream stream;
    private final String mimeType;
    private final String program;
    private final AudioDecoders decoders = new AudioDecoders();
    private long bytes;

    private LibopusComparison(String recording, String program) {
        stream = RecordedStream.of(recording);
        mimeType = "audio/" + recording.substring(recording.indexOf('.') + 1);
        this.program = program;
    }

    /** Prints a table. */
    public static void main(String[] arguments) throws IOException {
        int turns = Integer.parseInt(arguments[1]);
        OUT.println("| recording | libopus µs | Parley µs | ratio | with its compiler and collector µs | ratio |");
        OUT.println("|---|--:|--:|--:|--:|--:|");
        for (String recording : RECORDINGS) {
            new LibopusComparison(recording, arguments[0]).run(recording, turns);
        }
    }

    private void run(String recording, int turns) throws IOException {
        Path packets = Files.createTempFile("parley", ".packets");
        try {
            double[][] micros = new double[5][turns];
            write(packets);
            long units = samples() / UNIT;
            ours(WARM_UP_PASSES);
            for (int turn = 0; turn < turns; turn++) {
                double libopus = libopus(packets) / units;
                OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
                long before = process.getProcessCpuTime();
                double parley = ours(PASSES) / units;
                double whole = (process.getProcessCpuTime() - before) / 1_000.0 / PASSES / units;
                double[] row = {libopus, parley, parley / libopus, whole, whole / libopus};
                for (int i = 0; i < row.length; i++) {
                    micros[i][turn] = row[i];
                }
            }
            OUT.println(String.format(
                    Locale.ROOT,
                    "| %s | %.1f | %.1f | %.2f (%.2f–%.2f) | %.1f | %.2f |",
                    recording,
                    median(micros[0]),
                    median(micros[1]),
                    median(micros[2]),
                    micros[2][0],
                    micros[2][turns - 1],
                    median(micros[3]),
                    median(micros[4])));
        } finally {
            Files.delete(packets);
        }
    }

    /** Sorts, too. */
    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private void write(Path file) throws IOException {
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
            for (byte[] packet : stream.packets()) {
                out.writeInt(packet.length);
                out.write(packet);
            }
        }
    }

    private long samples() {
        return stream.packets().stream()
                .mapToLong(packet -> OpusPackets.samples(packet, 0, packet.length))
                .sum();
    }

    /** Microseconds of this thread's CPU for one recording. */
    private double ours(int passes) {
        bytes = 0;
        long from = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        for (int pass = 0; pass < passes; pass++) {
            try (AudioDecoder decoder = decoders.open(mimeType)) {
                for (ByteBuffer chunk : stream.chunks()) {
                    decoder.decode(chunk.rewind(), this::count);
                }
                decoder.finish(this::count);
            }
        }
        long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - from;
        // Three samples of 48 kHz are one of two bytes; less than a fiftieth is skipped at the beginning.
        if (bytes / 2 * 3 < passes * samples() / 50 * 49) {
            throw new IllegalStateException("Parley did not decode the same: " + bytes + " bytes");
        }
        return nanos / 1_000.0 / passes;
    }

    private void count(byte[] buffer, int offset, int length) {
        bytes += length;
    }

    /** Microseconds of the C program's CPU for one recording. */
    private double libopus(Path packets) throws IOException {
        Process process = new ProcessBuilder(program, packets.toString(), String.valueOf(PASSES))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String[] answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                .trim()
                .split(" ", -1);
        if (answer.length != 2 || Long.parseLong(answer[1]) != PASSES * samples()) {
            throw new IllegalStateException("libopus did not decode the same: " + Arrays.toString(answer));
        }
        return Long.parseLong(answer[0]) / 1_000.0 / PASSES;
    }
}
