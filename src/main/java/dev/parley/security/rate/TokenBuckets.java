package dev.parley.security.rate;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A token bucket for each key: so many at once, refilled within a minute. Of more keys than fit, the one that was used
 * least recently is forgotten, and begins anew with a full bucket: who has that many addresses is not held back by
 * counting. No operation waits for anything but a short lock. Thread safe.
 */
public final class TokenBuckets {
    private static final double MILLIS_PER_MINUTE = 60_000;

    private final int perMinute;
    private final int mostKeys;
    private final Clock clock;

    @GuardedBy("this")
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

    private record Bucket(double tokens, long atMillis) {}

    /** Buckets of one size. */
    public TokenBuckets(int perMinute, int mostKeys, Clock clock) {
        this.perMinute = perMinute;
        this.mostKeys = mostKeys;
        this.clock = clock;
    }

    /**
     * Takes one.
     *
     * @return empty when there was one; otherwise how long it takes until there is, and nothing is taken
     */
    public synchronized Optional<Duration> take(String key) {
        Bucket now = filled(key);
        if (now.tokens < 1) {
            return Optional.of(until(now));
        }
        put(key, new Bucket(now.tokens - 1, now.atMillis));
        return Optional.empty();
    }

    /** As {@link #take}, and takes nothing. */
    public synchronized Optional<Duration> look(String key) {
        Bucket now = filled(key);
        return now.tokens < 1 ? Optional.of(until(now)) : Optional.empty();
    }

    private Duration until(Bucket bucket) {
        return Duration.ofMillis((long) Math.ceil((1 - bucket.tokens) * MILLIS_PER_MINUTE / perMinute));
    }

    @GuardedBy("this")
    private Bucket filled(String key) {
        long now = clock.millis();
        Bucket last = buckets.get(key);
        if (last == null) {
            return new Bucket(perMinute, now);
        }
        double gained = Math.max(0, now - last.atMillis) * perMinute / MILLIS_PER_MINUTE;
        return new Bucket(Math.min(perMinute, last.tokens + gained), now);
    }

    @GuardedBy("this")
    private void put(String key, Bucket bucket) {
        buckets.put(key, bucket);
        if (buckets.size() > mostKeys) {
            buckets.remove(buckets.keySet().iterator().next());
        }
    }
}
