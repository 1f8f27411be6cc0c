package dev.parley.it.stage.tools;

import dev.parley.tools.Tool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.constraints.Future;
import java.time.LocalDate;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Tools that take for ever, for what ends them. */
@ApplicationScoped
public class SlowTools {
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger interruptions = new AtomicInteger();
    private final CountDownLatch never = new CountDownLatch(1);

    /** Ends by an interrupt only. */
    @Tool("Waits until it is interrupted.")
    public void waitForEver() throws InterruptedException {
        await();
    }

    /** Ends by its time limit only. */
    @Tool(value = "Waits for a second and is then stopped.", timeLimitSeconds = 1)
    public void waitTooLong() throws InterruptedException {
        await();
    }

    private void await() throws InterruptedException {
        waiting.incrementAndGet();
        try {
            never.await();
        } catch (InterruptedException stopped) {
            interruptions.incrementAndGet();
            throw stopped;
        } finally {
            waiting.decrementAndGet();
        }
    }

    /** Proves that calls have begun. */
    @Tool("Tells how many calls wait.")
    public int waiting() {
        return waiting.get();
    }

    /** Proves that threads were given back. */
    @Tool("Tells how many calls were interrupted.")
    public int interruptions() {
        return interruptions.get();
    }

    /** Has a constraint that no schema can say. */
    @Tool("Says when.")
    public LocalDate plan(@Future LocalDate day) {
        return day;
    }

    /** Fails with something that is nobody's business. */
    @Tool("Fails.")
    public String fail() {
        throw new IllegalStateException("secret of the house");
    }
}
