package dev.parley.operations.diagnostics.check;

import dev.parley.gemini.live.LiveConnection;
import dev.parley.gemini.live.LiveEvent;
import dev.parley.gemini.live.LiveRequest;
import dev.parley.gemini.live.LiveUpstream;
import dev.parley.limits.SessionLease;
import dev.parley.operations.diagnostics.step.Examination;
import dev.parley.operations.diagnostics.step.Fault;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A session with Gemini whose events are waited for on one thread. Beyond {@value #MOST_EVENTS} events the latest are dropped. */
final class LiveTalk implements AutoCloseable {
    private static final int MOST_EVENTS = 10_000;
    private static final int PIECE_BYTES = 3200;
    private static final int PIECE_MILLIS = 100;
    private static final Duration GLANCE = Duration.ofMillis(50);

    private final BlockingQueue<LiveEvent> events = new LinkedBlockingQueue<>(MOST_EVENTS);
    /** Heard while something else was waited for. */
    private final Deque<LiveEvent> heard = new ArrayDeque<>();

    private final Examination examination;
    private final SessionLease lease;
    private final LiveConnection connection;

    /** Dials. */
    LiveTalk(LiveUpstream upstream, LiveRequest request, SessionLease lease, Examination examination) {
        this.examination = examination;
        this.lease = lease;
        connection = upstream.connect(request, events::offer);
    }

    LiveConnection connection() {
        return connection;
    }

    /** Waits for an event; what comes before it is passed over. */
    LiveEvent await(Predicate<LiveEvent> wanted, Duration patience, String otherwise) throws Fault {
        long end = System.nanoTime() + examination.patience(patience).toNanos();
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            examination.cancellation().check();
            LiveEvent event = heard.isEmpty() ? poll(Math.min(left, GLANCE.toNanos())) : heard.remove();
            if (event instanceof LiveEvent.Closed closed) {
                throw new Fault(closed.message());
            }
            if (event instanceof LiveEvent.Usage usage) {
                lease.recordUsage(usage.total());
            }
            if (event != null && wanted.test(event)) {
                return event;
            }
        }
        throw new Fault(otherwise);
    }

    /** Lets an event be heard again. */
    void keep(LiveEvent event) {
        heard.addFirst(event);
    }

    private @Nullable LiveEvent poll(long nanos) {
        try {
            return events.poll(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new CancellationException();
        }
    }

    /**
     * Speaks.
     *
     * @param pcm 16 kHz mono s16le
     * @param speed how many times as fast as a person
     */
    void speak(byte[] pcm, int speed) throws Fault {
        long begun = System.nanoTime();
        for (int at = 0; at < pcm.length; at += PIECE_BYTES) {
            examination.cancellation().check();
            if (!connection.sendAudio(pcm, at, Math.min(PIECE_BYTES, pcm.length - at))) {
                await(event -> false, Duration.ofSeconds(1), "Gemini takes no more audio. Check the network.");
            }
            lease.recordAudio(PIECE_MILLIS);
            long due = begun + TimeUnit.MILLISECONDS.toNanos((long) PIECE_MILLIS * (at / PIECE_BYTES + 1) / speed);
            pause(due);
        }
    }

    /** Until a moment, unless the connection ends before; what is heard meanwhile is for {@link #await}. */
    private void pause(long due) throws Fault {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LiveEvent event = poll(left);
            if (event instanceof LiveEvent.Closed closed) {
                throw new Fault(closed.message());
            }
            if (event != null) {
                heard.add(event);
            }
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
