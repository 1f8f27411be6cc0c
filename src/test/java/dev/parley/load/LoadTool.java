package dev.parley.load;

import dev.parley.load.speech.PcmSource;
import dev.parley.load.speech.Recording;
import dev.parley.load.speech.WebmSource;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The command: measures one kind of audio at several numbers of conversations and prints the table. */
public final class LoadTool {
    private static final int WARM_UP_CONVERSATIONS = 100;
    private static final int WARM_UP_SECONDS = 60;
    private static final int SETTLE_SECONDS = 40;
    private static final int IDLE_SECONDS = 10;
    private static final int RAMP_SECONDS = 5;
    private static final String USAGE = """
            Usage: LoadTool WAR PAYARA_MICRO_JAR CORPUS_DIRECTORY pcm|webm SECONDS CONVERSATIONS[,CONVERSATIONS…]
            Such as: LoadTool target/parley.war target/it/payara-micro.jar src/test/resources/corpus pcm 30 1,10,50,100,200
            """;

    private final PrintStream out =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    private final Bench bench;
    private final Path corpus;
    private final boolean webm;
    private final long seconds;
    private long idleHeapBytes;

    private LoadTool(Bench bench, Path corpus, boolean webm, long seconds) {
        this.bench = bench;
        this.corpus = corpus;
        this.webm = webm;
        this.seconds = seconds;
    }

    /** See the usage text. */
    public static void main(String[] args) throws Exception {
        if (args.length != 6 || !(args[3].equals("pcm") || args[3].equals("webm"))) {
            throw new IllegalArgumentException(USAGE);
        }
        List<Integer> rounds =
                Arrays.stream(args[5].split(",", -1)).map(Integer::valueOf).toList();
        try (Bench bench = new Bench(Path.of(args[0]), Path.of(args[1]), Path.of("target", "load"))) {
            new LoadTool(bench, Path.of(args[2]), args[3].equals("webm"), Long.parseLong(args[4])).measure(rounds);
        }
    }

    private void measure(List<Integer> rounds) throws Exception {
        ChildProcess server = bench.server();
        out.printf(
                Locale.ROOT,
                "%s, %d s per row, JDK %s, %d processors. Boot to first page %.1f s; then %d MB resident, %.0f MB live"
                        + " heap, %d threads.%n",
                webm ? "WebM/Opus at 32 kbit/s in recorded chunks" : "PCM at 16 kHz in 40 ms chunks",
                seconds,
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                bench.boot().toMillis() / 1000.0,
                server.residentKilobytes() / 1024,
                server.liveHeapBytes() / 1e6,
                server.threads());
        round(WARM_UP_CONVERSATIONS, WARM_UP_SECONDS);
        // What ended is let go of by timers, the last of them 30 s after a conversation began.
        server.process().waitFor(SETTLE_SECONDS, TimeUnit.SECONDS);
        idleHeapBytes = server.liveHeapBytes();
        long idle = server.cpuMillis();
        server.process().waitFor(IDLE_SECONDS, TimeUnit.SECONDS);
        out.printf(
                Locale.ROOT,
                "Warm, without conversations: %.1f ms of CPU per second, %.0f MB live heap, %d threads.%n%n",
                (double) (server.cpuMillis() - idle) / IDLE_SECONDS,
                idleHeapBytes / 1e6,
                server.threads());
        out.print(Row.HEAD);
        for (int conversations : rounds) {
            out.print(round(conversations, seconds).markdown());
        }
    }

    private Row round(int conversations, long measuredSeconds) throws Exception {
        ChildProcess server = bench.server();
        bench.gemini("new-round");
        List<WebmSource> recordings = new ArrayList<>();
        try (Callers callers = new Callers()) {
            for (int i = 0; i < conversations; i++) {
                callers.open(bench.serverPort(), webm ? recorded(recordings) : new PcmSource(i));
            }
            callers.begin(webm ? 1_000_000_000 : 40_000_000);
            callers.run(RAMP_SECONDS);
            bench.gemini("forget-latencies");
            long start = System.nanoTime();
            long cpu = server.cpuMillis();
            long toolCpu = toolCpuMillis();
            callers.run(measuredSeconds);
            long end = System.nanoTime();
            double cpuMillis = server.cpuMillis() - cpu;
            double toolMillis = toolCpuMillis() - toolCpu;
            Report measured = Report.parse(bench.gemini("report"));
            CompletableFuture<Long> heap = CompletableFuture.supplyAsync(server::liveHeapBytes);
            callers.runWhile(() -> !heap.isDone());
            int threads = server.threads();
            callers.stop();
            Report whole = Report.parse(bench.gemini("report"));
            List<Report.Arrival> arrivals = arrivals(whole, recordings);
            double elapsed = (end - start) / 1e9;
            return new Row(
                    conversations,
                    cpuMillis / elapsed / conversations,
                    Row.Quantiles.of(webm ? within(arrivals, start, end) : measured.latencies()),
                    callers.chunks(),
                    webm ? lost(arrivals) : callers.chunks() - whole.received(),
                    whole.outOfOrder(),
                    threads,
                    (heap.get() - idleHeapBytes) / 1000.0 / conversations,
                    toolMillis / elapsed / 10);
        }
    }

    private WebmSource recorded(List<WebmSource> recordings) throws IOException {
        WebmSource source = new WebmSource(Recording.read(corpus, "chrome-32k.webm"));
        recordings.add(source);
        return source;
    }

    private long toolCpuMillis() {
        return bench.gemini().cpuMillis()
                + ChildProcess.cpuMillis(ProcessHandle.current().pid());
    }

    private static List<Report.Arrival> arrivals(Report report, List<WebmSource> recordings) {
        List<Report.Arrival> arrivals = new ArrayList<>();
        for (int i = 0; i < recordings.size(); i++) {
            arrivals.addAll(report.compare(i, recordings.get(i).sent()));
        }
        return arrivals;
    }

    private static long[] within(List<Report.Arrival> arrivals, long start, long end) {
        return arrivals.stream()
                .filter(arrival -> arrival.latencyNanos() >= 0
                        && arrival.sentNanos() >= start
                        && arrival.sentNanos() + arrival.latencyNanos() <= end)
                .mapToLong(Report.Arrival::latencyNanos)
                .toArray();
    }

    private static long lost(List<Report.Arrival> arrivals) {
        return arrivals.stream().filter(arrival -> arrival.latencyNanos() < 0).count();
    }
}
