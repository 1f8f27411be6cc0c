package dev.parley.security.rate;

import dev.parley.security.Refusal;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.settings.SettingsReader;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** How many requests one address and one caller have in a minute. Thread safe. */
public final class RequestRates {
    private static final int MOST_KEYS = 10_000;
    private static final int MOST_PER_MINUTE = 10_000_000;

    private final TokenBuckets addresses;
    private final TokenBuckets callers;

    private RequestRates(TokenBuckets addresses, TokenBuckets callers) {
        this.addresses = addresses;
        this.callers = callers;
    }

    /** Reads {@code parley.security.requests-per-minute-*}. */
    public static RequestRates read(SettingsReader settings, Clock clock) {
        int perAddress = settings.integer("parley.security.requests-per-minute-per-address", 6_000, 1, MOST_PER_MINUTE);
        int perCaller = settings.integer("parley.security.requests-per-minute-per-caller", 3_000, 1, MOST_PER_MINUTE);
        return new RequestRates(
                new TokenBuckets(perAddress, MOST_KEYS, clock), new TokenBuckets(perCaller, MOST_KEYS, clock));
    }

    /** A request came from there; the refusal if it is one too many. */
    public Optional<Refusal> countAddress(String address) {
        return addresses.take(address).map(wait -> tooMany("this address", wait));
    }

    /** A request came from them; the refusal if it is one too many. */
    public Optional<Refusal> countCaller(String name) {
        return callers.take(name).map(wait -> tooMany("you", wait));
    }

    private static Refusal tooMany(String whose, Duration wait) {
        return Refusal.later(
                FailureKind.NO_CAPACITY, "Too many requests came from " + whose + ". Try again in a moment.", wait);
    }
}
