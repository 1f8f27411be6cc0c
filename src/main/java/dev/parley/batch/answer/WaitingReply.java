package dev.parley.batch.answer;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.shared.execution.BlockingWork;
import dev.parley.shared.execution.Cancellation;
import dev.parley.shared.execution.Timers;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * A JSON answer that a client waits for. When it takes longer than {@link #EARLY}, its head is sent before it is there,
 * and spaces follow until it is (insignificant white space, RFC 8259 §2): else proxies would hang up, and a client that
 * has left would be noticed only at the end. A failure after that is a problem document with HTTP status 200.
 *
 * <p>{@link #begin} and {@link #answer} once, on the recording's thread; the response that begins early takes another one
 * until it has ended.
 */
public final class WaitingReply {
    /** Refusals come before, with an HTTP status of their own. */
    static final Duration EARLY = Duration.ofSeconds(30);

    private static final String SPACE = " ";

    private final Client client;
    private final BlockingWork work;
    private final Cancellation cancellation;

    @GuardedBy("this")
    private boolean decided;

    /** The response that began early. */
    @GuardedBy("this")
    private @Nullable KeptAlive early;

    private volatile Timers.@Nullable Timer timer;

    /** Not begun. */
    public WaitingReply(Client client, BlockingWork work, Cancellation cancellation) {
        this.client = client;
        this.cancellation = cancellation;
        this.work = work;
    }

    /** The request was read: from now on the client waits. */
    public void begin() {
        schedule(EARLY);
    }

    /** The answer, which is written when this returns, or the client has left. */
    public void answer(Client.Reply reply) {
        KeptAlive begun = decide();
        Timers.Timer set = timer;
        if (set != null) {
            set.cancel();
        }
        if (begun == null) {
            client.answer(reply);
        } else {
            finish(begun, reply.body());
        }
    }

    private static void finish(KeptAlive begun, String body) {
        try (begun) {
            begun.write(body);
        } catch (CancellationException left) {
            // whoever works on the answer was told
        }
    }

    private void schedule(Duration delay) {
        timer = work.timers().schedule(delay, this::handOver);
    }

    private void handOver() {
        try {
            work.threads().execute(this::beginEarly);
        } catch (RuntimeException busy) { // servers refuse with exceptions of their own
            if (!isDecided()) {
                schedule(KeptAlive.BEAT); // which is refused when the server stops
            }
        }
    }

    private void beginEarly() {
        KeptAlive begun;
        synchronized (this) {
            if (decided) {
                return;
            }
            decided = true;
            begun = new KeptAlive(SPACE, work, cancellation);
            early = begun;
            begun.fill();
        }
        begun.run(client::streamJson);
    }

    private synchronized boolean isDecided() {
        return decided;
    }

    /** No response begins early after this; answers the one that did. */
    private synchronized @Nullable KeptAlive decide() {
        decided = true;
        return early;
    }
}
