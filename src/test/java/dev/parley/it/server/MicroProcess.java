package dev.parley.it.server;

import dev.parley.it.stage.Eventually;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One Payara Micro, with its watch on folders, which deploys anew what it finds a file {@code .reload} in. */
final class MicroProcess implements CommandLineServer {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final String name;
    private final int port = FreePorts.base(0);
    private @org.jspecify.annotations.Nullable Process process;
    private Path application = Path.of("none");
    private int deployments;

    MicroProcess(String name) {
        this.name = name;
    }

    private Path log() {
        return Command.IT.resolve("micro-" + name + ".log");
    }

    @Override
    public void start(Path application, Map<String, String> environment) throws IOException {
        this.application = application.toAbsolutePath();
        Files.deleteIfExists(log());
        process = Command.builder(
                        log(),
                        environment,
                        List.of(
                                Command.java(),
                                "-Xmx384m",
                                "-Xss512k",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-jar",
                                ServerKind.home().toString(),
                                "--deploy",
                                this.application.toString(),
                                "--contextroot",
                                "/",
                                "--nocluster",
                                "--hotdeploy",
                                "--port",
                                "" + port,
                                "--prebootcommandfile",
                                Path.of("payara-config", "micro-pre-boot.asadmin")
                                        .toString()))
                .start();
        deployments = 1;
        awaitAnswers();
    }

    private void awaitAnswers() {
        Eventually.holds("deployment " + deployments + ", see " + log(), () -> {
            try {
                return Files.readString(log()).split("was successfully deployed", -1).length > deployments && answers();
            } catch (IOException notYet) {
                return false;
            }
        });
    }

    private boolean answers() throws IOException {
        try {
            HttpRequest request = HttpRequest.newBuilder(address()).build();
            return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new AssertionError(hurried);
        }
    }

    @Override
    public void redeploy() throws IOException {
        deployments++;
        Files.writeString(application.resolve(".reload"), "" + deployments);
        awaitAnswers();
    }

    @Override
    public boolean canUndeploy() {
        return false;
    }

    @Override
    public void undeploy() {
        throw new UnsupportedOperationException("Payara Micro keeps what it was started with.");
    }

    @Override
    public URI address() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    @Override
    public ProcessHandle process() {
        if (process == null) {
            throw new IllegalStateException("not started");
        }
        return process.toHandle();
    }

    @Override
    public void close() {
        if (process != null) {
            Process server = process;
            server.destroy();
            Eventually.holds("the server to stop", () -> !server.isAlive());
        }
    }
}
