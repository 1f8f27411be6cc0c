package dev.parley.it.access;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A request that is sent as it is written, whatever it is, over a connection of its own. */
final class RawRequest {
    private static final int PATIENCE_MILLIS = 30_000;
    private static final int MOST_BYTES = 256 << 10;

    private final String method;
    private final String target;
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private String body = "";

    private RawRequest(String method, String target) {
        this.method = method;
        this.target = target;
    }

    /**
     * What came back.
     *
     * @param status 0 when the connection was closed without an answer
     */
    record Answer(int status, Map<String, String> headers, String body) {
        /** Let in, or how it was refused; what lies behind the gate may be missing all the same. */
        String verdict() {
            boolean unknown = status == 404 && body.contains("Addresses are taken as they are written");
            return status == 401 || status == 403 || status == 429 || unknown ? Integer.toString(status) : "in";
        }

        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    static RawRequest of(String method, String target) {
        return new RawRequest(method, target);
    }

    static RawRequest get(String target) {
        return new RawRequest("GET", target);
    }

    static RawRequest post(String target, String body) {
        RawRequest request = new RawRequest("POST", target).with("Content-Type", "application/json");
        request.body = body;
        return request;
    }

    /** A WebSocket handshake of a page of this origin. */
    static RawRequest handshake(String target, String origin) {
        return get(target)
                .with("Connection", "Upgrade")
                .with("Upgrade", "websocket")
                .with("Sec-WebSocket-Version", "13")
                .with("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
                .with("Origin", origin);
    }

    RawRequest with(String name, String value) {
        headers.put(name, value);
        return this;
    }

    RawRequest as(String name, String password) {
        return with("Authorization", basic(name, password));
    }

    static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    Answer send(URI server) {
        headers.putIfAbsent("Host", server.getAuthority());
        headers.putIfAbsent("Connection", "close");
        StringBuilder text = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        if (!body.isEmpty()) {
            headers.put("Content-Length", "" + body.getBytes(StandardCharsets.UTF_8).length);
        }
        headers.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        text.append("\r\n").append(body);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(text.toString().getBytes(StandardCharsets.UTF_8));
            return read(socket.getInputStream());
        } catch (IOException closed) { // a server may hang up on what it does not want to read
            return new Answer(0, Map.of(), closed.toString());
        }
    }

    private static Answer read(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            int next = in.read();
            while (next >= 0 && bytes.size() < MOST_BYTES && !isHandshakeDone(bytes)) {
                bytes.write(next);
                next = isHandshakeDone(bytes) ? -1 : in.read();
            }
        } catch (SocketTimeoutException silent) {
            throw new AssertionError("no end of the answer: " + bytes.toString(StandardCharsets.UTF_8), silent);
        }
        String all = bytes.toString(StandardCharsets.UTF_8);
        if (all.isEmpty()) {
            return new Answer(0, Map.of(), "");
        }
        int end = all.indexOf("\r\n\r\n");
        String head = end < 0 ? all : all.substring(0, end);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        head.lines().skip(1).forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.merge(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip(),
                        (one, other) -> one + "\n" + other);
            }
        });
        return new Answer(Integer.parseInt(head.split(" ", 3)[1]), headers, end < 0 ? "" : all.substring(end + 4));
    }

    /** After 101 nothing more has to come. */
    private static boolean isHandshakeDone(ByteArrayOutputStream bytes) {
        if (bytes.size() < 16) {
            return false;
        }
        String all = bytes.toString(StandardCharsets.ISO_8859_1);
        return all.startsWith("HTTP/1.1 101") && all.endsWith("\r\n\r\n");
    }
}
