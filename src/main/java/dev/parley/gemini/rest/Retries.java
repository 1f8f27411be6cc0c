package dev.parley.gemini.rest;

import dev.parley.gemini.failure.RestFailure;
import dev.parley.gemini.rest.http.Pauses;
import dev.parley.shared.execution.Cancellation;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Tries a request anew while Gemini is too busy for it (429, 503): after the time that Gemini asks for, or else 1 and 4
 * seconds, at most twice. A wait that is longer than a person stays is left to the person. Immutable; blocks.
 */
final class Retries {
    private static final int MOST = 2;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final int GROWTH = 4;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    private final Pauses pauses;

    Retries(Pauses pauses) {
        this.pauses = pauses;
    }

    /**
     * The first success, or the failure that is not tried again.
     *
     * @param stillPossible false once something of the answer was passed on
     * @param notice told before each wait
     */
    <T> T run(Supplier<T> request, BooleanSupplier stillPossible, RetryNotice notice, Cancellation cancellation) {
        Duration backOff = FIRST_PAUSE;
        for (int retries = 0; ; retries++) {
            try {
                return request.get();
            } catch (RestFailure failure) {
                Duration pause = failure.retryAfter().orElse(backOff);
                if (!failure.isBusy()
                        || retries == MOST
                        || pause.compareTo(LONGEST_PAUSE) > 0
                        || !stillPossible.getAsBoolean()) {
                    throw failure;
                }
                notice.retrying(pause, failure.getMessage());
                pauses.await(pause, cancellation);
                backOff = backOff.multipliedBy(GROWTH);
            }
        }
    }
}
