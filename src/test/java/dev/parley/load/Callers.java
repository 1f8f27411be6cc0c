package dev.parley.load;

import dev.parley.load.speech.Source;
import java.io.IOException;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** All callers of one round and the loop that drives them, on the thread that calls. */
final class Callers implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final Selector selector = Selector.open();
    private final List<Caller> callers = new ArrayList<>();
    private final PriorityQueue<Caller> due = new PriorityQueue<>(Comparator.comparingLong(Caller::dueNanos));

    Callers() throws IOException {}

    /** Opens one more conversation and waits until it is ready, so that upstream sees them in this order. */
    void open(int port, Source source) throws IOException {
        Caller caller = new Caller(selector, port, source);
        callers.add(caller);
        runUntil(caller::isReady, "a new conversation to be ready");
    }

    /** All begin to speak, evenly spread over {@code spreadNanos}. */
    void begin(long spreadNanos) {
        long now = System.nanoTime();
        for (int i = 0; i < callers.size(); i++) {
            callers.get(i).begin(now, spreadNanos * i / callers.size());
        }
        due.addAll(callers);
    }

    /** Speaks for a time. */
    void run(long seconds) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        loop(() -> System.nanoTime() >= end, end);
    }

    /** Keeps speaking while another thread works. */
    void runWhile(BooleanSupplier busy) throws IOException {
        loop(() -> !busy.getAsBoolean(), Long.MAX_VALUE);
    }

    /** Chunks sent so far by all. */
    long chunks() {
        return callers.stream().mapToLong(Caller::chunks).sum();
    }

    /** Stops every conversation and waits until the server has closed them all. */
    void stop() throws IOException {
        due.clear();
        for (Caller caller : callers) {
            if (!caller.hasEnded()) {
                caller.stop();
            }
        }
        runUntil(() -> callers.stream().allMatch(Caller::hasEnded), "all conversations to end");
    }

    @Override
    public void close() throws IOException {
        for (Caller caller : callers) {
            caller.abort();
        }
        selector.close();
    }

    private void runUntil(BooleanSupplier condition, String what) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        loop(() -> condition.getAsBoolean() || System.nanoTime() >= end, end);
        if (!condition.getAsBoolean()) {
            throw new IOException("Waited " + PATIENCE_SECONDS + " s for " + what + "; the last one heard "
                    + callers.get(callers.size() - 1).lastWord());
        }
    }

    private void loop(BooleanSupplier over, long endNanos) throws IOException {
        while (!over.getAsBoolean()) {
            long now = System.nanoTime();
            while (!due.isEmpty() && due.peek().dueNanos() <= now) {
                Caller caller = due.remove();
                if (caller.hasEnded()) {
                    throw new IOException("The server ended a conversation: " + caller.lastWord());
                }
                caller.speak();
                due.add(caller);
            }
            long next = due.isEmpty() ? now + 50_000_000 : due.peek().dueNanos();
            long wait = Math.min(Math.min(next, endNanos) - now, 50_000_000);
            selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(wait)));
            Iterator<java.nio.channels.SelectionKey> ready =
                    selector.selectedKeys().iterator();
            while (ready.hasNext()) {
                Caller caller = (Caller) ready.next().attachment();
                ready.remove();
                caller.socketReady();
            }
        }
    }
}
