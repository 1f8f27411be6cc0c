package dev.parley.page;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Serves the page's files as they are in the sources. Any thread. */
public final class PageFiles {
    private static final Path PAGE = Path.of("src/main/webapp");
    private static final Map<String, String> TYPES =
            Map.of("html", "text/html", "js", "text/javascript", "css", "text/css", "svg", "image/svg+xml");

    /** What a server says where nobody has to sign in. */
    private static final String NOBODY = "{\"name\":\"\",\"canSignOut\":false}";

    private PageFiles() {}

    /** Answers with the file of the request's path. */
    public static void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/api/session")) {
            send(exchange, "application/json", NOBODY.getBytes(StandardCharsets.UTF_8));
            return;
        }
        Path file = PAGE.resolve(path.equals("/") ? "index.html" : path.substring(1))
                .normalize();
        if (!file.startsWith(PAGE) || !Files.isRegularFile(file)) {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
            return;
        }
        String name = file.toString();
        send(
                exchange,
                TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "text/plain"),
                Files.readAllBytes(file));
    }

    /** Answers with a body. */
    public static void send(HttpExchange exchange, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type + ";charset=UTF-8");
        try (exchange) {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
