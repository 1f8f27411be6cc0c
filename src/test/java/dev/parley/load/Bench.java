package dev.parley.load;

import dev.parley.load.upstream.FakeGemini;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The two other processes of a measurement: Payara Micro with the WAR, and the one that plays Gemini. */
final class Bench implements AutoCloseable {
    private static final int BOOT_SECONDS = 120;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ChildProcess gemini;
    private final ChildProcess server;
    private final int geminiPort;
    private final int serverPort;
    private final Duration boot;

    Bench(Path war, Path payaraMicro, Path workDirectory) throws IOException, InterruptedException {
        Files.createDirectories(workDirectory);
        gemini = new ChildProcess(new ProcessBuilder(
                        ChildProcess.jdkProgram("java"),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FakeGemini.class.getName())
                .redirectError(workDirectory.resolve("gemini.log").toFile())
                .start());
        BufferedReader firstLine = gemini.process().inputReader(StandardCharsets.UTF_8);
        geminiPort = Integer.parseInt(firstLine.readLine());
        checkClock();
        serverPort = freePort();
        long start = System.nanoTime();
        server = new ChildProcess(server(war, payaraMicro, workDirectory));
        awaitFirstPage(start);
        boot = Duration.ofNanos(System.nanoTime() - start);
    }

    ChildProcess gemini() {
        return gemini;
    }

    ChildProcess server() {
        return server;
    }

    int serverPort() {
        return serverPort;
    }

    /** From the start of the process to the first page it served. */
    Duration boot() {
        return boot;
    }

    /** Tells the process that plays Gemini what to do; answers its answer. */
    String gemini(String request) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + geminiPort + "/load/" + request))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private Process server(Path war, Path payaraMicro, Path workDirectory) throws IOException {
        List<String> command = List.of(
                ChildProcess.jdkProgram("java"),
                "-Xmx512m",
                "-Dparley.gemini.endpoint=http://127.0.0.1:" + geminiPort,
                "-Dparley.limits.sessions-per-key=1000",
                "-jar",
                payaraMicro.toString(),
                "--deploy",
                war.toString(),
                "--nocluster",
                "--prebootcommandfile",
                "payara-config/micro-pre-boot.asadmin",
                "--port",
                Integer.toString(serverPort));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(workDirectory.resolve("server.log").toFile());
        builder.environment().put("GEMINI_API_KEY", "load");
        return builder.start();
    }

    /** Both ends must read the same clock, or a latency between them means nothing. */
    private void checkClock() throws IOException, InterruptedException {
        long before = System.nanoTime();
        long there = Long.parseLong(gemini("clock"));
        long after = System.nanoTime();
        if (there < before || there > after) {
            throw new IOException("System.nanoTime differs between two processes of this machine (" + before + " ≤ "
                    + there + " ≤ " + after + " does not hold): latencies cannot be measured here");
        }
    }

    private void awaitFirstPage(long startNanos) throws IOException, InterruptedException {
        HttpRequest page = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + serverPort + "/"))
                .timeout(Duration.ofSeconds(BOOT_SECONDS))
                .build();
        while (true) {
            try {
                if (http.send(page, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (ConnectException ignored) {
                // not yet listening
            }
            if (!server.process().isAlive() || System.nanoTime() - startNanos > BOOT_SECONDS * 1_000_000_000L) {
                close();
                throw new IOException("The server did not come up; see server.log");
            }
            // Two looks a second cost the booting server nothing.
            server.process().waitFor(500, TimeUnit.MILLISECONDS);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        server.close();
        gemini.close();
    }
}
