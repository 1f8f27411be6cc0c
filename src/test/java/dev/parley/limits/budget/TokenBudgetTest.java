package dev.parley.limits.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.testkit.ManualTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TokenBudgetTest {
    private final ManualTime time = new ManualTime();
    private final TokenBudget budget = new TokenBudget(1000, time);

    /** A clock that a test sets, also back. */
    private static final class SetClock extends Clock {
        private Instant now = Instant.parse("2026-11-22T12:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void audio_counts_twenty_five_tokens_a_second_also_in_small_pieces() {
        TokenBudget.Account account = budget.open();
        for (int i = 0; i < 50; i++) {
            account.addAudio(20);
        }
        assertEquals(25, budget.spentTokens());
        account.addAudio(1);
        assertEquals(26, budget.spentTokens(), "rounded up");
    }

    @Test
    void a_report_takes_the_place_of_its_own_estimates_only() {
        TokenBudget.Account one = budget.open();
        TokenBudget.Account other = budget.open();
        one.addAudio(10_000);
        other.addAudio(20_000);
        one.report(100);
        assertEquals(600, budget.spentTokens());
        one.report(100);
        assertEquals(700, budget.spentTokens(), "the second report replaces nothing");
    }

    @Test
    void what_was_spent_counts_for_sixty_seconds_and_less_than_sixty_one() {
        time.advance(Duration.ofMillis(999));
        budget.open().report(1000);
        assertFalse(budget.hasRoom());
        time.advance(Duration.ofSeconds(60));
        assertFalse(budget.hasRoom());
        time.advance(Duration.ofMillis(1));
        assertTrue(budget.hasRoom());
        assertEquals(0, budget.spentTokens());
    }

    @Test
    void the_moment_told_is_the_first_with_room() {
        for (int second = 0; second < 40; second++) {
            budget.open().report(50);
            time.advance(Duration.ofSeconds(1));
        }
        Instant room = budget.roomAt();
        time.advance(Duration.between(time.instant(), room).minusMillis(1));
        assertFalse(budget.hasRoom());
        time.advance(Duration.ofMillis(1));
        assertTrue(budget.hasRoom());
        assertFalse(budget.roomAt().isAfter(time.instant()));
    }

    @Test
    void a_report_says_when_it_made_room() {
        TokenBudget.Account account = budget.open();
        account.addAudio(40_000);
        assertFalse(budget.hasRoom());
        assertTrue(account.report(999));
        assertFalse(account.report(0), "there was room already");
        assertFalse(account.report(1), "and now there is none");
    }

    @Test
    void an_estimate_that_left_the_window_is_not_taken_out_again() {
        TokenBudget.Account account = budget.open();
        account.addAudio(10_000);
        time.advance(Duration.ofSeconds(90));
        account.report(100);
        assertEquals(100, budget.spentTokens());
    }

    @Test
    void nonsense_is_clipped() {
        TokenBudget.Account account = budget.open();
        account.addAudio(-5);
        account.report(-7);
        assertEquals(0, budget.spentTokens());
        for (int i = 0; i < 100; i++) {
            account.addAudio(Long.MAX_VALUE);
            account.report(Long.MAX_VALUE);
        }
        assertTrue(budget.spentTokens() > 1_000_000);
        assertTrue(new TokenBudget(Long.MAX_VALUE, time).hasRoom());
    }

    @Test
    void a_clock_set_back_neither_blocks_nor_makes_tokens() {
        SetClock clock = new SetClock();
        TokenBudget set = new TokenBudget(1000, clock);
        TokenBudget.Account account = set.open();
        account.addAudio(20_000);
        clock.now = clock.now.plusSeconds(200);
        TokenBudget.Account other = set.open();
        other.report(1000);
        clock.now = clock.now.minusSeconds(5);
        assertFalse(set.hasRoom(), "a slip forgets nothing");
        clock.now = clock.now.minusSeconds(150);
        assertTrue(set.hasRoom(), "a jump does not block for its length");
        account.report(10);
        assertEquals(10, set.spentTokens());
    }

    @Test
    void it_agrees_with_a_plain_list_of_what_was_spent() {
        for (int seed = 0; seed < 50; seed++) {
            agreesWithAList(new Random(seed), seed);
        }
    }

    private record Spending(long second, long milliTokens) {}

    private static void agreesWithAList(Random random, int seed) {
        ManualTime time = new ManualTime();
        TokenBudget budget = new TokenBudget(5000, time);
        List<TokenBudget.Account> accounts = List.of(budget.open(), budget.open(), budget.open());
        List<Spending> reported = new ArrayList<>();
        List<List<Spending>> estimated = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int step = 0; step < 500; step++) {
            int who = random.nextInt(3);
            long now = time.instant().getEpochSecond();
            switch (random.nextInt(4)) {
                case 0 -> {
                    long tokens = random.nextInt(800);
                    accounts.get(who).report(tokens);
                    estimated.get(who).clear();
                    reported.add(new Spending(now, tokens * 1000));
                }
                case 1 -> time.advance(Duration.ofMillis(random.nextInt(random.nextInt(20) == 0 ? 90_000 : 3000)));
                default -> {
                    long millis = random.nextInt(5000);
                    accounts.get(who).addAudio(millis);
                    estimated.get(who).add(new Spending(now, millis * 25));
                }
            }
            long oldest = time.instant().getEpochSecond() - 60;
            reported.removeIf(spending -> spending.second < oldest);
            estimated.forEach(list -> list.removeIf(spending -> spending.second < oldest));
            long sum = reported.stream().mapToLong(Spending::milliTokens).sum()
                    + estimated.stream()
                            .flatMap(List::stream)
                            .mapToLong(Spending::milliTokens)
                            .sum();
            assertEquals((sum + 999) / 1000, budget.spentTokens(), "seed " + seed + " step " + step);
            assertEquals(sum < 5_000_000, budget.hasRoom());
        }
    }
}
