package dev.parley.batch.answer;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.gemini.message.TokenCounts;
import dev.parley.gemini.rest.wire.Transcript;
import dev.parley.shared.execution.Timers;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An answer as server-sent events, each sent at once. Quiet times are filled with comments: they keep proxies from
 * hanging up, and writing is the only way to notice that a client has left. Events come on one thread, comments on
 * another; a lock keeps them apart, and a comment that finds it taken is not needed.
 */
public final class EventStream implements AnswerSink, AutoCloseable {
    /** How often a quiet stream is proved alive. */
    public static final Duration BEAT = Duration.ofSeconds(15);

    private final OutputStream out;
    private final Clock clock;
    private final Timers timers;
    private final Executor mayBlock;
    private final Runnable onGone;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private Instant lastWrite;

    @GuardedBy("lock")
    private boolean closed;

    private volatile Timers.@Nullable Timer timer;

    private @Nullable TokenCounts usage;

    /**
     * A stream whose head was sent.
     *
     * @param mayBlock writes comments
     * @param onGone runs when the client is found to have left, on the thread that found it
     */
    public EventStream(OutputStream out, Clock clock, Timers timers, Executor mayBlock, Runnable onGone) {
        this.out = out;
        this.clock = clock;
        this.timers = timers;
        this.mayBlock = mayBlock;
        this.onGone = onGone;
        lock.lock();
        try {
            lastWrite = clock.instant();
        } finally {
            lock.unlock();
        }
        schedule(BEAT);
    }

    @Override
    public void progress(Stage stage, long bytes, OptionalLong totalBytes, Optional<String> message) {
        JsonObjectBuilder data = Json.createObjectBuilder()
                .add("stage", stage.name().toLowerCase(Locale.ROOT))
                .add("bytes", bytes);
        totalBytes.ifPresent(total -> data.add("totalBytes", total));
        message.ifPresent(sentence -> data.add("message", sentence));
        send("progress", data.build());
    }

    @Override
    public void transcript(Transcript piece) {
        send("transcript", AnswerJson.transcript(piece).build());
    }

    @Override
    public void text(String delta) {
        send("text", Json.createObjectBuilder().add("text", delta).build());
    }

    /** Counts grow with every piece of an answer; they are told once, before its end. */
    @Override
    public void usage(TokenCounts counts) {
        usage = counts;
    }

    @Override
    public void done(Done done) {
        sendUsage();
        send("done", AnswerJson.done(done).build());
    }

    /** The last event of an answer that failed. */
    public void failed(Problem problem) {
        sendUsage();
        send("error", problem.toJson());
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        Timers.Timer last = timer;
        if (last != null) {
            last.cancel(); // one that is set at this very moment finds the stream closed
        }
    }

    private void sendUsage() {
        if (usage != null) {
            send("usage", AnswerJson.usage(usage).build());
        }
    }

    private void send(String event, JsonObject data) {
        boolean gone = false;
        lock.lock();
        try {
            write("event: " + event + "\ndata: " + data + "\n\n");
        } catch (IOException broken) {
            gone = true;
        } finally {
            lock.unlock();
        }
        if (gone) {
            onGone.run();
            throw new CancellationException();
        }
    }

    @GuardedBy("lock")
    private void write(String text) throws IOException {
        lastWrite = clock.instant();
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private void beat() {
        Duration next = BEAT;
        if (lock.tryLock()) { // else an event is being written
            try {
                if (closed) {
                    return;
                }
                Duration quiet = Duration.between(lastWrite, clock.instant());
                if (quiet.compareTo(BEAT) >= 0) {
                    write(": waiting\n\n");
                } else {
                    next = BEAT.minus(quiet);
                }
            } catch (IOException broken) {
                next = Duration.ZERO;
            } finally {
                lock.unlock();
            }
        }
        if (next.isZero()) {
            onGone.run();
        } else {
            schedule(next);
        }
    }

    private void schedule(Duration delay) {
        timer = timers.schedule(delay, this::handOver);
    }

    private void handOver() {
        try {
            mayBlock.execute(this::beat);
        } catch (RejectedExecutionException busy) {
            if (!isClosed()) {
                schedule(BEAT); // which is refused, and ends this, when the server stops
            }
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }
}
