package dev.parley.it.stage;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Waits for something in another process that tells nobody when it happens: looks every 10 ms, for 30 s at most. */
public final class Eventually {
    private static final long TIMEOUT_SECONDS = 180;

    private Eventually() {}

    /** Waits until the condition holds. */
    public static void holds(String what, BooleanSupplier condition) {
        get(what, () -> condition.getAsBoolean() ? Boolean.TRUE : null);
    }

    /** Waits until there is a value. */
    public static <T> T get(String what, Supplier<? extends @Nullable T> value) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (true) {
            T now = value.get();
            if (now != null) {
                return now;
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Waited " + TIMEOUT_SECONDS + " s in vain for " + what);
            }
            // Completes by itself after the pause.
            new CompletableFuture<@Nullable Void>()
                    .completeOnTimeout(null, 10, TimeUnit.MILLISECONDS)
                    .join();
        }
    }
}
