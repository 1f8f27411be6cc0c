package dev.parley.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server on the loopback address that does what a test scripts, in the place of Gemini's REST API. */
public final class ScriptedRestServer implements AutoCloseable {
    private static final int MOST_KEPT_BYTES = 1 << 20;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "scripted-rest");
        thread.setDaemon(true);
        return thread;
    });
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private volatile Script script = answer -> answer.json(404, "{}");

    /**
     * A request as it came.
     *
     * @param target path and query
     * @param text the first MiB of the body
     * @param length of the whole body
     * @param sha256 of the whole body
     */
    public record Request(
            String method, String target, Map<String, List<String>> headers, String text, long length, String sha256) {
        /** A header's value, or an empty text. */
        public String header(String name) {
            return headers.entrySet().stream()
                    .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                    .map(entry -> entry.getValue().get(0))
                    .findFirst()
                    .orElse("");
        }
    }

    /** What the server does with a request. */
    @FunctionalInterface
    public interface Script {
        void answer(Answer answer) throws IOException;
    }

    /** A request and the way to answer it. */
    public record Answer(Request request, HttpExchange exchange, URI server) {
        /** Answers with JSON. */
        public void json(int status, String body) throws IOException {
            send(status, "application/json; charset=UTF-8", body);
        }

        /** Answers with one text. */
        public void send(int status, String type, String body) throws IOException {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
        }

        /** Begins a stream of events; the caller writes them. */
        public OutputStream events() throws IOException {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            return exchange.getResponseBody();
        }
    }

    private ScriptedRestServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Listens on a free port. */
    public static ScriptedRestServer start() {
        return new ScriptedRestServer();
    }

    /** Sets the script for requests from now on. */
    public ScriptedRestServer script(Script next) {
        script = next;
        return this;
    }

    /** Where it listens. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What came so far. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Request request = read(exchange);
            requests.add(request);
            script.answer(new Answer(request, exchange, address()));
        }
    }

    private static Request read(HttpExchange exchange) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        MessageDigest digest = sha256();
        long length = 0;
        byte[] buffer = new byte[64 << 10];
        InputStream in = exchange.getRequestBody();
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            head.write(buffer, 0, Math.min(count, MOST_KEPT_BYTES - head.size()));
            digest.update(buffer, 0, count);
            length += count;
        }
        return new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                Map.copyOf(exchange.getRequestHeaders()),
                head.toString(StandardCharsets.UTF_8),
                length,
                HexFormat.of().formatHex(digest.digest()));
    }

    /** An empty digest. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
