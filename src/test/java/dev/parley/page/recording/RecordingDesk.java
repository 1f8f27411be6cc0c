package dev.parley.page.recording;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.page.PageFiles;
import dev.parley.testkit.RealThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The page's files, its list of models, and {@code /audio-stream}, which the test answers; on a loopback port. */
final class RecordingDesk implements AutoCloseable {
    /** One model that listens and one that writes down. */
    static final String MODELS =
            "{\"live\":[],\"batch\":[{\"name\":\"gemini-3.8-flash\",\"title\":\"Gemini 3.8 Flash\",\"kind\":\"understanding\","
                    + "\"description\":\"Listens and answers what you ask.\"},{\"name\":\"gemini-3.5-transcribe\","
                    + "\"title\":\"Gemini 3.5 Transcribe\",\"kind\":\"transcription\",\"description\":\"Writes down what is"
                    + " said.\"}],\"defaultLive\":\"\",\"defaultBatch\":\"gemini-3.8-flash\",\"simulated\":false}";

    private static final int TIMEOUT_SECONDS = 60;

    private final RealThreads threads = new RealThreads();
    private final BlockingQueue<RecordingCall> calls = new LinkedBlockingQueue<>();
    private final HttpServer server;
    private volatile @Nullable CountDownLatch held;

    private RecordingDesk(HttpServer server) {
        this.server = server;
        server.setExecutor(threads.executor());
        server.createContext("/", PageFiles::serve);
        server.createContext(
                "/api/models",
                exchange -> PageFiles.send(exchange, "application/json", MODELS.getBytes(StandardCharsets.UTF_8)));
        server.createContext("/audio-stream", this::recording);
        server.start();
    }

    static RecordingDesk start() {
        try {
            return new RecordingDesk(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The tab's address. */
    URI tab() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/#recording");
    }

    /** The next recording that the page has sent whole. */
    RecordingCall next() {
        try {
            return Objects.requireNonNull(calls.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS), "the page sent no recording");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Takes not a byte of the next recordings until {@link #letGo}: what a slow network looks like. */
    void hold() {
        held = new CountDownLatch(1);
    }

    void letGo() {
        CountDownLatch latch = held;
        held = null;
        if (latch != null) {
            latch.countDown();
        }
    }

    private void recording(HttpExchange exchange) throws IOException {
        CountDownLatch latch = held;
        if (latch != null) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        byte[] body = exchange.getRequestBody().readAllBytes();
        calls.add(new RecordingCall(
                exchange, new MultipartForm(exchange.getRequestHeaders().getFirst("Content-Type"), body)));
    }

    @Override
    public void close() {
        letGo();
        server.stop(0);
        threads.close();
    }
}
