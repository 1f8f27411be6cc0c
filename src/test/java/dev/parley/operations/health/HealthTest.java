package dev.parley.operations.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.shared.health.ReadinessCheck;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class HealthTest {
    private Optional<String> complaint = Optional.empty();

    private final Health health =
            new Health(List.of(check("zebra", Optional::empty), check("database", () -> complaint)));

    private static ReadinessCheck check(String name, Supplier<Optional<String>> why) {
        return new ReadinessCheck() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Optional<String> whyNotReady() {
                return why.get();
            }
        };
    }

    @Test
    void every_check_has_its_say_in_the_order_of_names() {
        assertEquals(
                List.of("database", "zebra"),
                health.ready().stream().map(Health.Finding::name).toList());
        complaint = Optional.of("Nobody answers at the database's address.");
        assertEquals(complaint, health.ready().get(0).why());
        complaint = Optional.empty();
        assertTrue(health.ready().stream().allMatch(Health.Finding::isUp));
    }

    @Test
    void a_check_that_fails_is_a_reason_and_hides_no_other() {
        Health broken = new Health(List.of(
                check("a", () -> {
                    throw new IllegalStateException("secret internals");
                }),
                check("b", Optional::empty)));
        List<Health.Finding> ready = broken.ready();
        assertEquals(2, ready.size());
        assertFalse(ready.get(0).isUp());
        assertFalse(ready.get(0).why().orElseThrow().contains("secret"));
    }

    @Test
    void it_has_started_once_the_application_has() {
        assertFalse(health.started().get(0).isUp());
        health.start(new Object());
        assertTrue(health.started().get(0).isUp());
        assertTrue(health.live().get(0).isUp());
    }

    @Test
    void the_answer_is_that_of_microprofile_health_and_reasons_are_for_the_operator() {
        complaint = Optional.of("Nobody answers.");
        assertEquals(
                "{\"status\":\"DOWN\",\"checks\":[{\"name\":\"database\",\"status\":\"DOWN\"},"
                        + "{\"name\":\"zebra\",\"status\":\"UP\"}]}",
                HealthServlet.json(health.ready(), false, false).toString());
        assertEquals(
                "{\"name\":\"database\",\"status\":\"DOWN\",\"data\":{\"why\":\"Nobody answers.\"}}",
                HealthServlet.json(health.ready(), false, true)
                        .getJsonArray("checks")
                        .get(0)
                        .toString());
    }
}
