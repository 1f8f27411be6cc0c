package dev.parley.limits.budget;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.shared.settings.ApiKey;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;

/**
 * What one key has spent within the last minute, in buckets of one second: a token counts for at least 60 and less
 * than 61 seconds. Audio that no report of usage covers yet counts as 25 tokens a second (Live API, "Tokens"), and
 * the report that covers it takes its place. Thread safe.
 */
public final class TokenBudget {
    private static final int TOKENS_PER_AUDIO_SECOND = 25;

    /** Sixty whole seconds and the one that has begun. */
    private static final int BUCKETS = 61;

    /** Amounts are kept in thousandths, so that 20 ms of audio (half a token) are not lost. */
    private static final long MILLITOKENS = 1000;

    /** Far above anything real; keeps sums from overflowing. */
    private static final long MOST_AT_ONCE = 1_000_000_000_000L;

    private final Clock clock;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private long limit;

    @GuardedBy("lock")
    private final Window spent = new Window();

    /** The latest second seen: a clock that is set back a little must not reopen old buckets. */
    @GuardedBy("lock")
    private long second;

    /** How often everything was forgotten, so that no account takes out what is not in any more. */
    @GuardedBy("lock")
    private int resets;

    /** A budget of which nothing is spent. */
    public TokenBudget(long tokensPerMinute, Clock clock) {
        this.limit = inMillitokens(tokensPerMinute);
        this.clock = clock;
        this.second = clock.instant().getEpochSecond();
    }

    private static long inMillitokens(long tokens) {
        return Math.min(tokens, Long.MAX_VALUE / MILLITOKENS) * MILLITOKENS;
    }

    /** From now on so much may be spent; what is spent already counts. */
    public void limit(long tokensPerMinute) {
        synchronized (lock) {
            limit = inMillitokens(tokensPerMinute);
        }
    }

    /** Whether less than the limit is spent. */
    public boolean hasRoom() {
        synchronized (lock) {
            moveOn();
            return spent.sum < limit;
        }
    }

    /** When it has room if nothing more is spent; now or earlier when it has room already. */
    public Instant roomAt() {
        synchronized (lock) {
            moveOn();
            long left = spent.sum;
            long expiring = second - BUCKETS;
            while (left >= limit && expiring < second) {
                expiring++;
                left -= spent.buckets[index(expiring)];
            }
            return Instant.ofEpochSecond(expiring + BUCKETS);
        }
    }

    /** Tokens spent within the window, estimates included, rounded up. */
    public long spentTokens() {
        synchronized (lock) {
            moveOn();
            return (spent.sum + MILLITOKENS - 1) / MILLITOKENS;
        }
    }

    /**
     * An account of one conversation or recording.
     *
     * @param onRoom called when a report leaves a spent budget with room again
     */
    public Spending open(ApiKey key, Runnable onRoom) {
        return new KeySpending(key, this, onRoom);
    }

    /** An account of one conversation's estimates on this budget. */
    Account open() {
        return new Account();
    }

    @GuardedBy("lock")
    private void moveOn() {
        long now = clock.instant().getEpochSecond();
        if (now < second - BUCKETS) {
            // The clock was set back by more than a slip: the seconds of what was spent will not come again soon.
            spent.clear();
            resets++;
            second = now;
        }
        second = Math.max(second, now);
        spent.moveTo(second);
    }

    private static int index(long second) {
        return Math.floorMod(second, BUCKETS);
    }

    /** Estimates of one conversation since its last report of usage. */
    final class Account {
        @GuardedBy("lock")
        private final Window estimated = new Window();

        @GuardedBy("lock")
        private int seenResets;

        private Account() {}

        /** Counts audio that no report covers yet. */
        void addAudio(long millis) {
            estimate(amount(millis, TOKENS_PER_AUDIO_SECOND)); // milliseconds times tokens a second: thousandths
        }

        /** Counts tokens that no report covers yet. */
        void addTokens(long tokens) {
            estimate(amount(tokens, MILLITOKENS));
        }

        private void estimate(long amount) {
            synchronized (lock) {
                moveAllOn();
                estimated.add(amount);
                spent.add(amount);
            }
        }

        /** Counts a report in the place of the estimates since the last one; true when that made room. */
        boolean report(long tokens) {
            synchronized (lock) {
                moveAllOn();
                boolean hadRoom = spent.sum < limit;
                spent.subtract(estimated);
                estimated.clear();
                spent.add(amount(tokens, MILLITOKENS));
                return !hadRoom && spent.sum < limit;
            }
        }

        @GuardedBy("lock")
        private void moveAllOn() {
            moveOn();
            if (seenResets != resets) {
                seenResets = resets;
                estimated.clear();
            }
            estimated.moveTo(second);
        }

        private static long amount(long count, long each) {
            return Math.max(0, Math.min(count, MOST_AT_ONCE / each)) * each;
        }
    }

    /** Amounts by second, of the last {@link #BUCKETS} seconds; guarded by the budget's lock. */
    private static final class Window {
        final long[] buckets = new long[BUCKETS];
        long sum;
        private long newest = Long.MIN_VALUE;

        void moveTo(long second) {
            if (newest == Long.MIN_VALUE || second < newest || second - newest >= BUCKETS) {
                clear();
                newest = second;
            }
            while (newest < second) {
                newest++;
                sum -= buckets[index(newest)];
                buckets[index(newest)] = 0;
            }
        }

        void add(long amount) {
            buckets[index(newest)] += amount;
            sum += amount;
        }

        /** Takes out what {@code part}, moved to the same second, holds. */
        void subtract(Window part) {
            for (int i = 0; i < BUCKETS; i++) {
                buckets[i] -= part.buckets[i];
            }
            sum -= part.sum;
        }

        void clear() {
            Arrays.fill(buckets, 0);
            sum = 0;
        }
    }
}
