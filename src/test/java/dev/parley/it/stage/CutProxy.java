package dev.parley.it.stage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A network between a browser and the server that a test can cut: whatever was on its way is gone. Thread safe. */
public final class CutProxy implements AutoCloseable {
    private final ServerSocket listening;
    private volatile int target;
    private final List<Socket> sockets = new ArrayList<>();

    /** To a port of this machine, by another one. */
    public CutProxy(int target) {
        this.target = target;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::acceptAll);
    }

    /** To a port of this machine from now on; for a server that is yet to come. */
    public void forwardTo(int port) {
        target = port;
    }

    /** Where to connect. */
    public int port() {
        return listening.getLocalPort();
    }

    /** Resets every connection; later ones are let through. */
    public void cut() {
        List<Socket> open;
        synchronized (sockets) {
            open = List.copyOf(sockets);
            sockets.clear();
        }
        for (Socket socket : open) {
            try {
                socket.setSoLinger(true, 0);
                socket.close();
            } catch (IOException ignored) {
                // it was cut already
            }
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }

    private void acceptAll() {
        while (!listening.isClosed()) {
            try {
                Socket browser = listening.accept();
                Socket server = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), target);
                synchronized (sockets) {
                    sockets.add(browser);
                    sockets.add(server);
                }
                daemon(() -> pump(browser, server));
                daemon(() -> pump(server, browser));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] bytes = new byte[16 << 10];
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                out.write(bytes, 0, read);
            }
        } catch (IOException ignored) {
            // one of the two is gone, and with it the other
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "cut-proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
