package dev.parley.load.upstream;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;

/**
 * The process: prints its port on one line and serves until it is killed or its standard input ends, so that it never
 * outlives the tool that started it.
 */
public final class FakeGemini {
    private final Selector selector;
    private final ServerSocketChannel listener;
    private final Ledger ledger = new Ledger();

    private FakeGemini() throws IOException {
        selector = Selector.open();
        listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 1000);
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
    }

    /** No arguments. */
    public static void main(String[] args) throws IOException {
        FakeGemini gemini = new FakeGemini();
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        out.println(((InetSocketAddress) gemini.listener.getLocalAddress()).getPort());
        Thread parent = new Thread(FakeGemini::endWithParent, "parent");
        parent.setDaemon(true);
        parent.start();
        gemini.serve();
    }

    private static void endWithParent() {
        try {
            while (System.in.read() >= 0) {
                // nothing is expected, only the end
            }
        } catch (IOException ignored) {
            // the end as well
        }
        System.exit(0);
    }

    private void serve() throws IOException {
        while (true) {
            selector.select();
            Iterator<SelectionKey> ready = selector.selectedKeys().iterator();
            while (ready.hasNext()) {
                SelectionKey key = ready.next();
                ready.remove();
                if (key.isAcceptable()) {
                    accept();
                } else {
                    ((Connection) key.attachment()).ready(key);
                }
            }
        }
    }

    private void accept() throws IOException {
        SocketChannel channel = listener.accept();
        if (channel != null) {
            channel.configureBlocking(false);
            channel.socket().setTcpNoDelay(true);
            channel.register(selector, SelectionKey.OP_READ, new Connection(channel, ledger));
        }
    }
}
