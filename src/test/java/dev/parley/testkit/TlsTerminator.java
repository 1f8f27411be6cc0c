package dev.parley.testkit;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * Ends TLS on a free port of 127.0.0.1 before a plain HTTP server there, as a reverse proxy does: says
 * {@code X-Forwarded-Proto: https}, keeps {@code Host}, and passes everything else as it is. A connection carries one
 * request, or one WebSocket. Two daemon threads per connection.
 */
public final class TlsTerminator implements AutoCloseable {
    private static final int MOST_HEAD_BYTES = 64 << 10;
    private static final Pattern KEEP_ALIVE = Pattern.compile("(?im)^Connection: *keep-alive\r\n");
    private static final Pattern UPGRADE = Pattern.compile("(?im)^Upgrade:");

    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger forwarded = new AtomicInteger();
    private volatile SSLContext context;
    private volatile int target;

    private TlsTerminator(ServerSocket listener, SSLContext context) {
        this.listener = listener;
        this.context = context;
    }

    /** Listens; {@link #forwardTo} must follow before anybody connects. */
    public static TlsTerminator start(TestCertificate certificate) {
        try {
            // Not an SSLServerSocket: TLS is laid over each connection, with the certificate of that moment.
            ServerSocket listener = new ServerSocket();
            listener.bind(new InetSocketAddress(loopback(), 0), 100);
            TlsTerminator terminator = new TlsTerminator(listener, certificate.server());
            daemon("tls-accept", terminator::acceptAll);
            return terminator;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The plain server's port on 127.0.0.1. */
    public TlsTerminator forwardTo(int port) {
        target = port;
        return this;
    }

    /** Shows this certificate from now on. */
    public void show(TestCertificate certificate) {
        context = certificate.server();
    }

    /** Where it listens, such as {@code https://127.0.0.1:40123}. */
    public URI address() {
        return URI.create("https://127.0.0.1:" + listener.getLocalPort());
    }

    /** Requests and WebSockets that came through TLS so far. */
    public int forwarded() {
        return forwarded.get();
    }

    /** Stops listening and breaks every connection. */
    @Override
    public void close() {
        closeQuietly(listener);
        sockets.forEach(TlsTerminator::closeQuietly);
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                daemon("tls-connection", () -> serve(socket));
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket raw) {
        try (Socket client = secured(raw);
                Socket server = new Socket()) {
            sockets.add(client);
            sockets.add(server);
            client.setTcpNoDelay(true);
            String head = head(client.getInputStream());
            forwarded.incrementAndGet();
            server.connect(new InetSocketAddress(loopback(), target));
            server.setTcpNoDelay(true);
            server.getOutputStream().write(forwarded(head).getBytes(StandardCharsets.ISO_8859_1));
            daemon("tls-upwards", () -> {
                copy(client, server);
                try {
                    server.shutdownOutput();
                } catch (IOException gone) {
                    closeQuietly(server);
                }
            });
            copy(server, client);
        } catch (IOException ignored) {
            // refused the certificate, or went away
        } finally {
            sockets.removeIf(Socket::isClosed);
        }
    }

    private Socket secured(Socket raw) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(raw, null, raw.getPort(), true);
        socket.setUseClientMode(false);
        return socket;
    }

    private static void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[16 << 10];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
                out.flush();
            }
        } catch (IOException ignored) {
            // one of them went away; the other is told
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String head = "";
        while (!head.endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0 || bytes.size() > MOST_HEAD_BYTES) {
                throw new EOFException("no HTTP request");
            }
            bytes.write(next);
            if (next == '\n') {
                head = bytes.toString(StandardCharsets.ISO_8859_1);
            }
        }
        return head;
    }

    /** What a proxy adds; who keeps the connection would send a second head, which nobody here reads. */
    private static String forwarded(String head) {
        int headers = head.indexOf("\r\n") + 2;
        String added = "X-Forwarded-Proto: https\r\n";
        if (UPGRADE.matcher(head).find()) {
            return head.substring(0, headers) + added + head.substring(headers);
        }
        return head.substring(0, headers)
                + added
                + "Connection: close\r\n"
                + KEEP_ALIVE.matcher(head.substring(headers)).replaceAll("");
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception ignored) {
            // it is gone either way
        }
    }
}
