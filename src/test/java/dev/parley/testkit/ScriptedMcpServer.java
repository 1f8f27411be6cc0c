package dev.parley.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * A server of the Model Context Protocol (2025-06-18, streamable HTTP, answers as JSON or as one event) at {@code /mcp} on loopback;
 * a test says what its tools answer.
 */
public final class ScriptedMcpServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<JsonObject> requests = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final Map<String, Function<JsonObject, String>> results = new ConcurrentHashMap<>();
    private volatile String tools = "[]";
    private volatile boolean events;
    private volatile boolean endless;
    private volatile int refusal;

    private ScriptedMcpServer(HttpServer server) {
        this.server = server;
    }

    /** One without tools, on a free port. */
    public static ScriptedMcpServer start() {
        return start(0);
    }

    /** One without tools, on this port. */
    public static ScriptedMcpServer start(int port) {
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            ScriptedMcpServer made = new ScriptedMcpServer(http);
            http.createContext("/mcp", made::handle);
            http.setExecutor(made.threads);
            http.start();
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it is. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + port() + "/mcp");
    }

    /** Its port. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Offers these tools, a JSON array as in {@code tools/list}. */
    public ScriptedMcpServer offers(String jsonArray) {
        tools = jsonArray;
        return this;
    }

    /** Answers calls of a tool with the result that this makes of the arguments. */
    public ScriptedMcpServer answers(String tool, Function<JsonObject, String> result) {
        results.put(tool, result);
        return this;
    }

    /** From now on answers as {@code text/event-stream}. */
    public ScriptedMcpServer withEvents() {
        events = true;
        return this;
    }

    /** From now on says after each list of tools that there are more, which are the same. */
    public ScriptedMcpServer withoutEnd() {
        endless = true;
        return this;
    }

    /** From now on refuses everything with this HTTP status; 0: nothing. */
    public void refuseWith(int status) {
        refusal = status;
    }

    /** The values of the Authorization headers that came. */
    public List<String> authorizations() {
        return List.copyOf(authorizations);
    }

    /** All requests with this method that came. */
    public List<JsonObject> requests(String method) {
        return requests.stream()
                .filter(request -> request.getString("method", "").equals(method))
                .toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            if (authorization != null) {
                authorizations.add(authorization);
            }
            if (refusal != 0 || !exchange.getRequestMethod().equals("POST")) {
                exchange.sendResponseHeaders(refusal != 0 ? refusal : 405, -1);
                return;
            }
            JsonObject request = json(new String(body, StandardCharsets.UTF_8));
            requests.add(request);
            if (!request.containsKey("id")) {
                exchange.sendResponseHeaders(202, -1);
                return;
            }
            String response = "{\"jsonrpc\":\"2.0\",\"id\":" + request.get("id") + "," + answer(request) + "}";
            byte[] bytes = (events ? "event: message\ndata: " + response.replace("\n", "") + "\n\n" : response)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", events ? "text/event-stream" : "application/json");
            exchange.getResponseHeaders().add("Mcp-Session-Id", "s1");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private String answer(JsonObject request) {
        return switch (request.getString("method")) {
            case "initialize" ->
                "\"result\":{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{\"tools\":{}},"
                        + "\"serverInfo\":{\"name\":\"scripted\",\"version\":\"1\"}}";
            case "tools/list" -> "\"result\":{\"tools\":" + tools + (endless ? ",\"nextCursor\":\"more\"}" : "}");
            case "tools/call" -> {
                JsonObject params = request.getJsonObject("params");
                Function<JsonObject, String> result = results.get(params.getString("name"));
                yield result == null
                        ? "\"error\":{\"code\":-32602,\"message\":\"Unknown tool\"}"
                        : "\"result\":"
                                + result.apply(params.getOrDefault("arguments", JsonObject.EMPTY_JSON_OBJECT)
                                        .asJsonObject());
            }
            default -> "\"result\":{}";
        };
    }

    private static JsonObject json(String text) {
        try (JsonReader reader = Json.createReader(new java.io.StringReader(text))) {
            return reader.readObject();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
