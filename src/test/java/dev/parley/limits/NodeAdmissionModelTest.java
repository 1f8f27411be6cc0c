package dev.parley.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.settings.ApiKey;
import dev.parley.shared.settings.Secret;
import dev.parley.testkit.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random lives of many callers against a plain model of the rules: who holds, who waits in which order, what each key
 * has spent.
 */
class NodeAdmissionModelTest {
    private static final int STEPS = 2000;
    private static final int PER_KEY = 3;
    private static final int ROOM = 4;
    private static final long TOKENS = 1000;
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration LENGTH = Duration.ofMinutes(3);

    /** A caller and when it came. */
    private static final class Visit extends Caller {
        final Instant came;

        Visit(Instant came) {
            this.came = came;
        }
    }

    private record Report(String key, long second, long tokens) {}

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void every_rule_holds_after_every_step_of_any_history(int keys) {
        for (int seed = 0; seed < 25; seed++) {
            new History(seed, keys).run();
        }
    }

    /** One history and the model beside it. */
    private static final class History {
        private final ManualTime time = new ManualTime();
        private final Random random;
        private final String name;
        private final List<ApiKey> keys = new ArrayList<>();
        private final NodeAdmission admission;

        private final List<Visit> line = new ArrayList<>();
        private final List<Visit> holding = new ArrayList<>();
        private final List<Visit> closed = new ArrayList<>();
        private final List<Report> reports = new ArrayList<>();
        private long refused;

        History(int seed, int keyCount) {
            random = new Random(seed * 31L + keyCount);
            name = "seed " + seed + ", " + keyCount + " keys, step ";
            for (int i = 0; i < keyCount; i++) {
                keys.add(new ApiKey("key" + i, new Secret("secret" + i)));
            }
            admission = new NodeAdmission(keys, new LimitSettings(PER_KEY, LENGTH, TOKENS, ROOM, PATIENCE), time, time);
        }

        void run() {
            for (int step = 0; step < STEPS; step++) {
                act(random.nextInt(12));
                check(name + step);
            }
            for (Visit visit : List.copyOf(line)) {
                visit.withdraw();
                line.remove(visit);
            }
            for (Visit visit : List.copyOf(holding)) {
                visit.lease().close();
            }
            assertEquals(0, admission.snapshot().held());
            assertEquals(0, admission.snapshot().waiting());
            assertEquals(refused, admission.snapshot().refused());
        }

        private void act(int action) {
            switch (action) {
                case 0, 1, 2, 3 -> {
                    Visit visit = new Visit(time.instant());
                    line.add(visit);
                    visit.ticket = admission.apply(visit);
                }
                case 4 ->
                    any(line).forEach(visit -> {
                        line.remove(visit);
                        visit.withdraw();
                    });
                case 5, 6, 7 ->
                    any(holding).forEach(visit -> {
                        holding.remove(visit);
                        closed.add(visit);
                        visit.lease().close();
                    });
                case 8 ->
                    any(closed).forEach(visit -> {
                        visit.lease().close();
                        visit.withdraw();
                    });
                case 9 ->
                    any(holding).forEach(visit -> {
                        long tokens = random.nextInt(600);
                        reports.add(new Report(
                                visit.lease().key().name(), time.instant().getEpochSecond(), tokens));
                        visit.lease().recordUsage(tokens);
                    });
                default -> time.advance(Duration.ofMillis(random.nextInt(action == 10 ? 2_000 : 25_000)));
            }
        }

        private List<Visit> any(List<Visit> visits) {
            return visits.isEmpty() ? List.of() : List.of(visits.get(random.nextInt(visits.size())));
        }

        /** Brings the model up to date with what was heard, and holds what was heard against the rules. */
        private void check(String where) {
            Instant now = time.instant();
            boolean someoneStays = false;
            for (Visit visit : List.copyOf(line)) {
                assertTrue(visit.isConsistent(), () -> where + visit.heard);
                if (visit.lease != null) {
                    assertTrue(!someoneStays, () -> where + ": overtaken by " + visit.heard);
                    line.remove(visit);
                    holding.add(visit);
                } else if (visit.refusal != null) {
                    refused++;
                    line.remove(visit);
                    assertEquals(FailureKind.NO_CAPACITY, visit.refusal);
                    boolean impatient = !visit.came.plus(PATIENCE).isAfter(now);
                    assertTrue(
                            impatient || (visit.came.equals(now) && visit.heard.size() == 1),
                            () -> where + visit.heard);
                } else {
                    someoneStays = true;
                    assertTrue(visit.came.plus(PATIENCE).isAfter(now), () -> where + ": waits too long");
                    assertEquals("waiting " + (line.indexOf(visit) + 1), last(visit.heard), where);
                }
            }
            assertTrue(line.size() <= ROOM, where);
            forgetReclaimed(now);
            Map<String, Integer> held = new HashMap<>();
            holding.forEach(visit -> held.merge(visit.lease().key().name(), 1, Integer::sum));
            LimitsSnapshot snapshot = admission.snapshot();
            for (LimitsSnapshot.KeyUse key : snapshot.keys()) {
                int model = held.getOrDefault(key.name(), 0);
                assertEquals(model, key.held(), where);
                assertTrue(model <= PER_KEY, where);
                assertEquals(spent(key.name()), key.tokens(), where);
                assertTrue(
                        line.isEmpty() || model == PER_KEY || key.tokens() >= TOKENS,
                        () -> where + ": somebody waits although " + key + " is free");
            }
            assertEquals(line.size(), snapshot.waiting(), where);
        }

        private void forgetReclaimed(Instant now) {
            for (Visit visit : List.copyOf(holding)) {
                if (!visit.lease().deadline().plus(HeldLeases.GRACE).isAfter(now)) {
                    holding.remove(visit);
                    closed.add(visit);
                }
                assertNull(visit.refusal);
            }
        }

        private long spent(String key) {
            long oldest = time.instant().getEpochSecond() - 60;
            return reports.stream()
                    .filter(report -> report.key.equals(key) && report.second >= oldest)
                    .mapToLong(Report::tokens)
                    .sum();
        }

        private static String last(List<String> words) {
            return Objects.requireNonNull(words.isEmpty() ? "" : words.get(words.size() - 1));
        }
    }
}
