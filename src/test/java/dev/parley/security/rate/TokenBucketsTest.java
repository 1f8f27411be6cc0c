package dev.parley.security.rate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.testkit.ManualTime;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** So many at once, so many in a minute, and memory for so many keys. */
class TokenBucketsTest {
    private final ManualTime time = new ManualTime();

    @Test
    void as_many_at_once_as_in_a_minute_and_then_one_by_one() {
        TokenBuckets buckets = new TokenBuckets(60, 10, time);
        for (int i = 0; i < 60; i++) {
            assertEquals(Optional.empty(), buckets.take("a"));
        }
        assertEquals(Optional.of(Duration.ofSeconds(1)), buckets.take("a"));
        assertEquals(Optional.empty(), buckets.take("b"));
        time.advance(Duration.ofMillis(500));
        assertEquals(Optional.of(Duration.ofMillis(500)), buckets.look("a"));
        time.advance(Duration.ofMillis(500));
        assertEquals(Optional.empty(), buckets.look("a"));
        assertEquals(Optional.empty(), buckets.take("a"));
        assertTrue(buckets.take("a").isPresent());
        time.advance(Duration.ofHours(1));
        for (int i = 0; i < 60; i++) {
            assertEquals(Optional.empty(), buckets.take("a"));
        }
        assertTrue(buckets.take("a").isPresent(), "more is saved up than a minute's");
    }

    @Test
    void the_key_that_was_used_least_recently_is_forgotten() {
        TokenBuckets buckets = new TokenBuckets(1, 2, time);
        buckets.take("a");
        buckets.take("b");
        buckets.take("a"); // refused, and no longer the oldest
        buckets.take("c");
        assertTrue(buckets.look("a").isPresent());
        assertEquals(Optional.empty(), buckets.look("b"));
        assertTrue(buckets.look("c").isPresent());
    }
}
