package dev.parley.gemini.socket;

import dev.parley.shared.execution.Timers;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A socket whose writes complete on the thread that began them, whenever the network takes the bytes at once, which is
 * nearly always. The JDK's own would wake another thread for every completion, even then: a third of all thread
 * switches that a piece of audio costs. A write that the network does not take yet is looked at again by a timer, at
 * first after 1 ms, later every 16 ms; the peer is slow then, and so may we be.
 *
 * <p>Everything else is the socket's own. One write at a time, as with every {@link AsynchronousSocketChannel}.
 */
final class PromptSocket extends AsynchronousSocketChannel {
    private static final Duration FIRST_LOOK = Duration.ofMillis(1);
    private static final Duration LAST_LOOK = Duration.ofMillis(16);

    private final AsynchronousSocketChannel socket;
    private final Timers timers;

    /** The thread in a completion. */
    private volatile @Nullable Thread telling;

    PromptSocket(AsynchronousSocketChannel socket, Timers timers) {
        super(socket.provider());
        this.socket = socket;
        this.timers = timers;
    }

    @Override
    public <A> void write(
            ByteBuffer source,
            long timeout,
            TimeUnit unit,
            @Nullable A attachment,
            CompletionHandler<Integer, ? super A> handler) {
        // A write from within a completion would make the stack grow with the queue; only the socket keeps to a
        // timeout.
        if (telling == Thread.currentThread() || timeout > 0) {
            socket.write(source, timeout, unit, attachment, handler);
        } else {
            tellOnceOver(socket.write(source), attachment, handler, FIRST_LOOK);
        }
    }

    private <A> void tellOnceOver(
            Future<Integer> write,
            @Nullable A attachment,
            CompletionHandler<Integer, ? super A> handler,
            Duration next) {
        if (write.isDone()) {
            telling = Thread.currentThread();
            try {
                tell(write, attachment, handler);
            } finally {
                telling = null;
            }
            return;
        }
        Duration later = next.multipliedBy(2);
        try {
            timers.schedule(
                    next,
                    () -> tellOnceOver(write, attachment, handler, later.compareTo(LAST_LOOK) > 0 ? LAST_LOOK : later));
        } catch (RuntimeException stopping) { // timers refuse while the server stops, and the connection goes with it
            handler.failed(stopping, attachment);
        }
    }

    private static <A> void tell(
            Future<Integer> over, @Nullable A attachment, CompletionHandler<Integer, ? super A> handler) {
        Integer written;
        try {
            written = over.get();
        } catch (ExecutionException failure) {
            handler.failed(failure.getCause(), attachment);
            return;
        } catch (InterruptedException | CancellationException impossible) { // it is over, and nobody cancels it
            handler.failed(impossible, attachment);
            return;
        }
        handler.completed(written, attachment);
    }

    @Override
    public Future<Integer> write(ByteBuffer source) {
        return socket.write(source);
    }

    @Override
    public <A> void write(
            ByteBuffer[] sources,
            int offset,
            int length,
            long timeout,
            TimeUnit unit,
            @Nullable A attachment,
            CompletionHandler<Long, ? super A> handler) {
        socket.write(sources, offset, length, timeout, unit, attachment, handler);
    }

    @Override
    public <A> void read(
            ByteBuffer target,
            long timeout,
            TimeUnit unit,
            @Nullable A attachment,
            CompletionHandler<Integer, ? super A> handler) {
        socket.read(target, timeout, unit, attachment, handler);
    }

    @Override
    public Future<Integer> read(ByteBuffer target) {
        return socket.read(target);
    }

    @Override
    public <A> void read(
            ByteBuffer[] targets,
            int offset,
            int length,
            long timeout,
            TimeUnit unit,
            @Nullable A attachment,
            CompletionHandler<Long, ? super A> handler) {
        socket.read(targets, offset, length, timeout, unit, attachment, handler);
    }

    @Override
    public AsynchronousSocketChannel bind(SocketAddress local) throws IOException {
        socket.bind(local);
        return this;
    }

    @Override
    public <T> AsynchronousSocketChannel setOption(SocketOption<T> name, T value) throws IOException {
        socket.setOption(name, value);
        return this;
    }

    @Override
    public <T> T getOption(SocketOption<T> name) throws IOException {
        return socket.getOption(name);
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return socket.supportedOptions();
    }

    @Override
    public AsynchronousSocketChannel shutdownInput() throws IOException {
        socket.shutdownInput();
        return this;
    }

    @Override
    public AsynchronousSocketChannel shutdownOutput() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    @Override
    public SocketAddress getRemoteAddress() throws IOException {
        return socket.getRemoteAddress();
    }

    @Override
    public SocketAddress getLocalAddress() throws IOException {
        return socket.getLocalAddress();
    }

    @Override
    public <A> void connect(SocketAddress remote, @Nullable A attachment, CompletionHandler<Void, ? super A> handler) {
        socket.connect(remote, attachment, handler);
    }

    @Override
    public Future<Void> connect(SocketAddress remote) {
        return socket.connect(remote);
    }

    @Override
    public boolean isOpen() {
        return socket.isOpen();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
