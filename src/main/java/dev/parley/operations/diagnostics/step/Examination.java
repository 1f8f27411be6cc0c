package dev.parley.operations.diagnostics.step;

import dev.parley.shared.execution.Cancellation;
import dev.parley.shared.failure.ParleyException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Takes steps one after the other, on one thread, and tells each when it is taken. The first that fails ends it, by a
 * {@link Stopped} that whoever examines lets through.
 */
public final class Examination {
    private static final Logger LOG = System.getLogger(Examination.class.getName());

    private final Cancellation cancellation;
    private final Consumer<Step> listener;
    private final long end;

    /** Looks at one thing. */
    @FunctionalInterface
    public interface Check<T> {
        /** What it finds, unless it fails. */
        Finding<T> look() throws Fault, IOException;
    }

    /** No further step is worth taking. */
    public static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stopped() {
            super("a step failed", null, false, false);
        }
    }

    /** Nothing is examined yet, and nothing is after {@code most}. */
    public Examination(Duration most, Cancellation cancellation, Consumer<Step> listener) {
        this.cancellation = cancellation;
        this.listener = listener;
        end = System.nanoTime() + most.toNanos();
    }

    /** Tells that nobody wants to know any more. */
    public Cancellation cancellation() {
        return cancellation;
    }

    /** How long a check may wait that would like to wait for {@code wanted}; zero when the time is over. */
    public Duration patience(Duration wanted) {
        Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
        return left.compareTo(wanted) < 0 ? left : wanted;
    }

    /** Takes a step; what it found is for the next ones. */
    public <T> T step(StepName name, Check<T> check) {
        long begun = System.nanoTime();
        Finding<T> finding;
        try {
            cancellation.check();
            finding = check.look();
        } catch (CancellationException cancelled) {
            throw stop(name, begun, Verdict.CANCELLED, "Given up.");
        } catch (Fault | ParleyException fault) {
            throw stop(name, begun, Verdict.FAILED, String.valueOf(fault.getMessage()));
        } catch (IOException | RuntimeException defect) {
            if (cancellation.isCancelled()) {
                throw stop(name, begun, Verdict.CANCELLED, "Given up.");
            }
            LOG.log(Level.WARNING, "A step of a diagnosis failed in a way that nobody expected", defect);
            throw stop(
                    name,
                    begun,
                    Verdict.FAILED,
                    "It failed with " + defect.getClass().getSimpleName() + "; this server's log tells more.");
        }
        listener.accept(Step.of(name, finding.verdict(), since(begun), finding.words()));
        return finding.value();
    }

    private Stopped stop(StepName name, long begun, Verdict verdict, String words) {
        listener.accept(Step.of(name, verdict, since(begun), words));
        return new Stopped();
    }

    private static long since(long begun) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    }
}
