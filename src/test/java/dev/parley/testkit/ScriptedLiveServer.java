package dev.parley.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.net.ServerSocketFactory;

/**
 * A Live API server under a test's control, on a free port of 127.0.0.1. It speaks WebSocket on a plain socket of its
 * own, so that a test can also refuse, stall, reset and send what no proper server would. It answers every setup with
 * {@code setupComplete} unless told otherwise; everything else is said by the test through {@link ScriptedSession}.
 *
 * <pre>{@code
 * try (ScriptedLiveServer server = ScriptedLiveServer.start()) {
 *     … dial server.address() …
 *     ScriptedSession session = server.nextSession();
 *     session.awaitAudioBytes(3200);
 *     session.sendOutputTranscript("Hello");
 *     session.sendTurnComplete();
 * }
 * }</pre>
 */
public final class ScriptedLiveServer implements AutoCloseable {
    static final long TIMEOUT_SECONDS = 20;

    private final ServerSocket serverSocket;
    private final String scheme;
    private final BlockingQueue<ScriptedSession> arrivals = new LinkedBlockingQueue<>();
    private final List<Socket> sockets = new ArrayList<>();
    private final List<ScriptedSession> sessions = new ArrayList<>();
    private volatile Script script = ANSWER_SETUP;
    private volatile Upgrade upgrade = Upgrade.ACCEPT;
    private volatile Predicate<Map<String, String>> stranger = headers -> false;
    private volatile boolean textFrames;
    private volatile boolean raw;
    private volatile Rest rest = target -> reply("404 Not Found", "");

    /** Answers setup with {@code setupComplete}, nothing else. The default. */
    public static final Script ANSWER_SETUP = (session, message) -> {
        if (message.json().containsKey("setup")) {
            session.sendSetupComplete();
        }
    };

    /** The same, with an empty message for each message of audio: whoever says nothing for ten seconds of speech is left. */
    public static final Script LISTEN = (session, message) -> {
        ANSWER_SETUP.received(session, message);
        if (message.audio().hasRemaining()) {
            session.send("{}");
        }
    };

    /** Answers nothing: the test says every word. */
    public static final Script SILENT = (session, message) -> {};

    /** What the server does by itself on each client message, on the connection's own thread. */
    @FunctionalInterface
    public interface Script {
        /** The next message of a client. */
        void received(ScriptedSession session, ScriptedSession.Message message);
    }

    /** How the server answers the HTTP request: a whole response head, or nothing at all. */
    private record Upgrade(boolean accepts, String response) {
        static final Upgrade ACCEPT = new Upgrade(true, "");
        static final Upgrade NO_SIGN_IN = new Upgrade(
                false,
                String.join(
                        "\r\n",
                        "HTTP/1.1 401 Unauthorized",
                        "WWW-Authenticate: Bearer realm=\"https://accounts.google.com/\"",
                        "Content-Length: 0",
                        "Connection: close",
                        "",
                        ""));
    }

    private ScriptedLiveServer(ServerSocket serverSocket, String scheme) {
        this.serverSocket = serverSocket;
        this.scheme = scheme;
    }

    /** A running server without TLS. */
    public static ScriptedLiveServer start() {
        return start(ServerSocketFactory.getDefault(), "http");
    }

    /** A running server on sockets of {@code factory}, such as an SSL one with scheme {@code https}. */
    public static ScriptedLiveServer start(ServerSocketFactory factory, String scheme) {
        try {
            ServerSocket socket = factory.createServerSocket();
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 1000);
            ScriptedLiveServer server = new ScriptedLiveServer(socket, scheme);
            daemon("scripted-live-accept", server::acceptAll);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What to configure as {@code parley.gemini.endpoint}. */
    public URI address() {
        return URI.create(scheme + "://127.0.0.1:" + serverSocket.getLocalPort());
    }

    /** Replaces what the server says by itself. */
    public ScriptedLiveServer script(Script script) {
        this.script = script;
        return this;
    }

    /** Sends messages as text frames; Google and this server's default is binary. */
    public ScriptedLiveServer sendTextFrames() {
        textFrames = true;
        return this;
    }

    /** Takes messages as they come: texts without reading them, binary ones as audio. Stands in for Parley's own door. */
    public ScriptedLiveServer readNothing() {
        raw = true;
        return this;
    }

    /** Answers upgrades with an HTTP error, such as {@code refuseUpgrades("503 Service Unavailable")}. */
    public ScriptedLiveServer refuseUpgrades(String status) {
        upgrade = new Upgrade(false, "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        return this;
    }

    /** Answers requests that open no WebSocket; 404 and nothing else is the default. */
    public ScriptedLiveServer rest(Rest answers) {
        rest = answers;
        return this;
    }

    /** A whole answer over HTTP/1.1. */
    public static String reply(String status, String json) {
        return "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: "
                + json.getBytes(StandardCharsets.UTF_8).length + "\r\nConnection: close\r\n\r\n" + json;
    }

    /** What the server answers to a request of REST. */
    @FunctionalInterface
    public interface Rest {
        /** The whole answer, see {@link #reply}. */
        String answer(String target);
    }

    /** Answers upgrades whose headers (names in lower case) are like that with 401, as Google does to a bad token. */
    public ScriptedLiveServer refuseSignIn(Predicate<Map<String, String>> headers) {
        stranger = headers;
        return this;
    }

    /** Takes connections and never answers the HTTP request. */
    public ScriptedLiveServer ignoreUpgrades() {
        upgrade = new Upgrade(false, "");
        return this;
    }

    /** The next connection that nobody took yet; waits for it. */
    public ScriptedSession nextSession() {
        try {
            ScriptedSession session = arrivals.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            if (session == null) {
                throw new AssertionError("No client connected within " + TIMEOUT_SECONDS + " s");
            }
            return session;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    /** Every connection so far, in the order they came. */
    public List<ScriptedSession> sessions() {
        synchronized (sessions) {
            return List.copyOf(sessions);
        }
    }

    /** Connections that are not over. */
    public long openSessions() {
        return sessions().stream().filter(session -> !session.isOver()).count();
    }

    /** Closes the listening socket and every connection without a close frame. */
    @Override
    public void close() {
        closeQuietly(serverSocket);
        List<Socket> open;
        synchronized (sockets) {
            open = List.copyOf(sockets);
        }
        open.forEach(ScriptedLiveServer::closeQuietly);
    }

    private void acceptAll() {
        while (!serverSocket.isClosed()) {
            try {
                Socket socket = serverSocket.accept();
                synchronized (sockets) {
                    sockets.add(socket);
                }
                daemon("scripted-live-session", () -> serve(socket));
            } catch (IOException e) {
                if (!serverSocket.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket socket) {
        try {
            socket.setTcpNoDelay(true);
            Request request = Request.read(socket.getInputStream());
            if (!request.headers().containsKey("sec-websocket-key")) { // REST, such as the list of models
                String reply = rest.answer(request.target());
                socket.getOutputStream().write(reply.getBytes(StandardCharsets.UTF_8));
                socket.close();
                return;
            }
            Upgrade answer = stranger.test(request.headers()) ? Upgrade.NO_SIGN_IN : upgrade;
            if (!answer.accepts()) {
                if (!answer.response().isEmpty()) {
                    socket.getOutputStream().write(answer.response().getBytes(StandardCharsets.ISO_8859_1));
                    socket.close();
                }
                return;
            }
            String head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: " + accept(request.headers().getOrDefault("sec-websocket-key", ""))
                    + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            ScriptedSession session = new ScriptedSession(socket, request.target(), request.headers(), textFrames, raw);
            synchronized (sessions) {
                sessions.add(session);
            }
            arrivals.add(session);
            session.readAll((from, message) -> script.received(from, message));
        } catch (IOException ignored) {
            closeQuietly(socket); // the client went away during the handshake
        }
    }

    private static String accept(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    static void closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception ignored) {
            // it is gone either way
        }
    }

    private record Request(String target, Map<String, String> headers) {
        static Request read(InputStream in) throws IOException {
            String[] first = line(in).split(" ", 3);
            Map<String, String> headers = new LinkedHashMap<>();
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                int colon = line.indexOf(':');
                headers.put(
                        line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
            return new Request(first.length > 1 ? first[1] : "", headers);
        }

        private static String line(InputStream in) throws IOException {
            StringBuilder line = new StringBuilder();
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0) {
                    throw new IOException("The client went away during the handshake");
                }
                if (next != '\r') {
                    line.append((char) next);
                }
            }
            return line.toString();
        }
    }
}
