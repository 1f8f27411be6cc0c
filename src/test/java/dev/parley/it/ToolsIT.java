package dev.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.it.stage.Deployments;
import dev.parley.it.stage.Eventually;
import dev.parley.it.stage.TestCaller;
import dev.parley.it.stage.tools.SlowTools;
import example.restaurant.RestaurantTools;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.URL;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tools of a library in the WAR, called by the simulator: what the person sees and what the model gets. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class ToolsIT {
    @ArquillianResource
    private URL url;

    private TestCaller caller;

    @Deployment(testable = false)
    static WebArchive parley() {
        return Deployments.simulated(Map.of("parley.tools.confirm-within", "1s"))
                .addAsLibrary(ShrinkWrap.create(JavaArchive.class, "restaurant.jar")
                        .addPackage(RestaurantTools.class.getPackage())
                        .addClass(SlowTools.class));
    }

    @BeforeEach
    void connect() {
        caller = TestCaller.ready(Deployments.address(url), "audio/pcm;rate=16000");
    }

    @AfterEach
    void leave() {
        caller.close();
    }

    private JsonObject tool(String name, String state) {
        return caller.next(
                "tool",
                event -> event.getString("name").equals(name)
                        && event.getString("state").equals(state));
    }

    /** The simulator tells what it was answered. */
    private void awaitSpokenOf(String words) {
        Eventually.holds(
                "the model speaks of " + words,
                () -> caller.text("outputTranscript").contains(words));
    }

    private void decide(JsonObject asking, boolean allow) {
        caller.send(Json.createObjectBuilder()
                .add("type", "toolDecision")
                .add("call", asking.getInt("call"))
                .add("allow", allow)
                .build());
    }

    @Test
    void a_bean_is_called_with_java_values_and_its_result_goes_to_the_model() {
        caller.type("call freeTimes {\"day\":\"2026-12-24\",\"persons\":2}");
        assertEquals("free times", tool("freeTimes", "called").getString("title"));
        tool("freeTimes", "done");
        awaitSpokenOf("{\"output\":[\"18:00:00\",\"20:30:00\"]}");
    }

    @Test
    void arguments_that_do_not_fit_are_refused_in_words() {
        caller.type("call freeTimes {\"day\":\"2026-12-24\",\"persons\":13}");
        tool("freeTimes", "failed");
        awaitSpokenOf("\\\"persons\\\" must be 12 or less.");
    }

    @Test
    void the_container_checks_the_constraints_that_no_schema_says() {
        caller.type("call plan {\"day\":\"2001-01-01\"}");
        tool("plan", "failed");
        awaitSpokenOf("{\"error\":\"\\\"day\\\" ");
    }

    @Test
    void what_needs_the_person_waits_for_them() {
        caller.type("call book_table {\"day\":\"2026-12-24\",\"time\":\"18:00\",\"persons\":2,\"guest\":{\"name\":\"Anna\"}}");
        JsonObject asking = tool("book_table", "asking");
        assertEquals("day: 2026-12-24, time: 18:00, persons: 2, guest: (name: Anna)", asking.getString("arguments"));
        assertEquals(1, asking.getInt("decideWithinSeconds"));
        decide(asking, true);
        tool("book_table", "done");
        awaitSpokenOf("\"name\":\"Anna\"");
    }

    @Test
    void what_the_person_does_not_allow_is_not_done() {
        String booking = "call book_table {\"day\":\"2026-12-25\",\"time\":\"18:00\",\"persons\":2,\"guest\":{\"name\":\"Eve\"}}";
        caller.type(booking);
        decide(tool("book_table", "asking"), false);
        tool("book_table", "refused");
        awaitSpokenOf("did not allow");
        caller.type(booking);
        tool("book_table", "asking");
        tool("book_table", "refused"); // nobody answered in time
        caller.type("call freeTimes {\"day\":\"2026-12-25\",\"persons\":2}");
        awaitSpokenOf("[\"18:00:00\",\"20:30:00\"]");
    }

    @Test
    void cancelled_overdue_and_abandoned_calls_are_interrupted() {
        caller.type("call waitForEver");
        tool("waitForEver", "called");
        caller.type("/simulate cancel-tools");
        tool("waitForEver", "cancelled");
        caller.type("call waitTooLong");
        tool("waitTooLong", "failed");
        awaitSpokenOf("longer than 1.0 s");
        caller.type("call waitForEver");
        tool("waitForEver", "called");
        caller.close();
        caller = TestCaller.ready(Deployments.address(url), "audio/pcm;rate=16000");
        Eventually.holds("three interruptions", () -> {
            caller.type("call interruptions");
            tool("interruptions", "done");
            return caller.text("outputTranscript").contains("{\"output\":3}");
        });
    }

    @Test
    void a_failure_inside_stays_inside() {
        caller.type("call fail");
        tool("fail", "failed");
        awaitSpokenOf("failed for a reason of its own");
        assertFalse(caller.text("outputTranscript").contains("secret of the house"));
    }

    @Test
    void who_has_no_role_is_not_offered_what_needs_one() {
        caller.type("call bookings {\"day\":\"2026-12-24\"}");
        caller.next("turnComplete");
        assertTrue(caller.events("tool").isEmpty(), () -> caller.events("tool").toString());
    }

    @Test
    void the_time_and_what_was_said_are_always_there() {
        caller.type("call current_time {\"zone\":\"Asia/Tokyo\"}");
        tool("current_time", "done");
        awaitSpokenOf("+09:00");
        caller.type("call conversation_summary");
        tool("conversation_summary", "done");
        awaitSpokenOf("call current_time");
    }
}
