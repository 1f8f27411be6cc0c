package dev.parley.security.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.security.ticket.Tickets;
import dev.parley.shared.settings.SettingsReader;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The gate without a server: requests go in, and it shows what became of them. */
public final class GateRig {
    /** Where the application is deployed. */
    public static final String CONTEXT = "/parley";

    private final AccessFilter filter;
    private final Tickets tickets;

    /** A gate with these settings. */
    public GateRig(Map<String, String> settings, Clock clock) {
        SettingsReader reader = new SettingsReader(name -> Optional.ofNullable(settings.get(name)));
        tickets = new Tickets(reader, clock);
        filter = new AccessFilter(reader, clock, tickets);
    }

    Tickets tickets() {
        return tickets;
    }

    /**
     * What became of a request.
     *
     * @param cookies set, by name
     * @param passed what the rest of the application was given; null when the gate answered
     */
    public record Outcome(
            int status,
            Map<String, String> headers,
            Map<String, String> cookies,
            String body,
            @Nullable HttpServletRequest passed) {
        /** Whether it was let through. */
        public boolean isThrough() {
            return passed != null;
        }

        /** What the rest of the application was given. */
        public HttpServletRequest through() {
            if (passed == null) {
                throw new AssertionError("refused with " + status + ": " + body);
            }
            return passed;
        }

        /** A header; empty when there is none. */
        public String header(String name) {
            return headers.getOrDefault(name, "");
        }

        /** The body, if it is JSON. */
        public JsonObject json() {
            return Json.createReader(new StringReader(body)).readObject();
        }
    }

    /** A request to be sent. */
    public static final class Ask {
        private final String method;
        private final String path;
        private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        private String address = "203.0.113.7";
        private boolean secure;
        private String query = "";

        private Ask(String method, String path) {
            this.method = method;
            this.path = path;
            headers.put("Host", "parley.example");
        }

        /** A question. */
        public static Ask get(String path) {
            return new Ask("GET", path);
        }

        /** Any method. */
        public static Ask of(String method, String path) {
            return new Ask(method, path);
        }

        /** A handshake. */
        public static Ask upgrade(String path) {
            return get(path).with("Upgrade", "websocket").with("Sec-WebSocket-Key", "a");
        }

        /** Adds a header. */
        public Ask with(String name, String value) {
            headers.put(name, value);
            return this;
        }

        /** Adds name and password. */
        public Ask as(String name, String password) {
            return with(
                    "Authorization",
                    "Basic "
                            + Base64.getEncoder()
                                    .encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8)));
        }

        /** Comes from there. */
        public Ask from(String remote) {
            address = remote;
            return this;
        }

        /** Comes from a program of the server's machine. */
        public Ask fromHere() {
            return from("127.0.0.1").with("Host", "localhost:8080");
        }

        /** Comes over TLS. */
        public Ask secure() {
            secure = true;
            return this;
        }

        /** Has the parameters of this query. */
        public Ask query(String text) {
            query = text;
            return this;
        }

        private Cookie @Nullable [] cookies() {
            String header = headers.get("Cookie");
            return header == null
                    ? null
                    : Stream.of(header.split("; ", -1))
                            .map(pair -> pair.split("=", 2))
                            .map(pair -> new Cookie(pair[0], pair[1]))
                            .toArray(Cookie[]::new);
        }

        private @Nullable String parameter(String name) {
            for (String pair : query.split("&", -1)) {
                if (pair.startsWith(name + "=")) {
                    return pair.substring(name.length() + 1);
                }
            }
            return null;
        }

        private HttpServletRequest request() {
            return proxy(HttpServletRequest.class, (proxy, called, arguments) -> switch (called.getName()) {
                case "getMethod" -> method;
                case "getHeader" -> headers.get((String) arguments[0]);
                case "getHeaders" ->
                    Collections.enumeration(Optional.ofNullable(headers.get((String) arguments[0]))
                            .map(List::of)
                            .orElse(List.of()));
                case "getRequestURI" -> CONTEXT + path;
                case "getContextPath" -> CONTEXT;
                case "getRemoteAddr" -> address;
                case "getProtocol" -> "HTTP/1.1";
                case "getHeaderNames" -> Collections.enumeration(headers.keySet());
                case "isSecure" -> secure;
                case "getQueryString" -> query.isEmpty() ? null : query;
                case "getParameter" -> parameter((String) arguments[0]);
                case "getCookies" -> cookies();
                case "getUserPrincipal", "getRemoteUser", "getAuthType" -> null;
                default -> throw new UnsupportedOperationException(called.toString());
            });
        }
    }

    /** Sends a request. */
    public Outcome send(Ask ask) {
        HttpServletRequest[] passed = new HttpServletRequest[1];
        int[] status = new int[1];
        Map<String, String> set = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        Map<String, String> cookies = new TreeMap<>();
        StringWriter body = new StringWriter();
        FilterChain chain = (request, response) -> {
            passed[0] = (HttpServletRequest) request;
        };
        HttpServletResponse response =
                proxy(HttpServletResponse.class, (proxy, called, arguments) -> switch (called.getName()) {
                    case "setStatus" -> {
                        status[0] = (int) arguments[0];
                        yield null;
                    }
                    case "setContentType" -> set.put("Content-Type", (String) arguments[0]);
                    case "setHeader" -> set.put((String) arguments[0], (String) arguments[1]);
                    case "addHeader" -> {
                        assertEquals("Set-Cookie", arguments[0]);
                        String[] cookie = ((String) arguments[1]).split("=", 2);
                        yield cookies.put(cookie[0], cookie[1]);
                    }
                    case "getWriter" -> new PrintWriter(body, true);
                    default -> throw new UnsupportedOperationException(called.toString());
                });
        try {
            filter.doFilter(ask.request(), response, chain);
        } catch (IOException | ServletException failure) {
            throw new AssertionError(failure);
        }
        assertEquals(
                passed[0] != null, status[0] == 0 && body.toString().isEmpty(), "let through and answered, or neither");
        return new Outcome(status[0], set, cookies, body.toString(), passed[0]);
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, called, args) -> {
            Object answer = handler.invoke(proxy, called, args);
            return called.getReturnType() == void.class ? null : answer;
        }));
    }
}
