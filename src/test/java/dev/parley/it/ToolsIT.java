package dev.parley.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import dev.parley.it.stage.Deployments;
import dev.parley.it.stage.Eventually;
import dev.parley.it.stage.TestBrowser;
import dev.parley.it.stage.TestCaller;
import dev.parley.it.stage.Voice;
import dev.parley.it.stage.tools.SlowTools;
import example.restaurant.RestaurantTools;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        return Deployments.simulated(Map.of("parley.tools.confirm-within", "4s"))
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
        Eventually.holds("the model speaks of " + words, () -> caller.text("outputTranscript")
                .contains(words));
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
        caller.type("call freeTimes {\"day\":\"2026-12-23\",\"persons\":2}"); // a day that no test books
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
        caller.type(booking("2026-12-24", "Anna"));
        JsonObject asking = tool("book_table", "asking");
        assertEquals("day: 2026-12-24, time: 18:00, persons: 2, guest: (name: Anna)", asking.getString("arguments"));
        assertEquals(4, asking.getInt("decideWithinSeconds"));
        decide(asking, true);
        tool("book_table", "done");
        awaitSpokenOf("\"name\":\"Anna\"");
    }

    @Test
    void what_the_person_does_not_allow_is_not_done() {
        caller.type(booking("2026-12-25", "Eve"));
        decide(tool("book_table", "asking"), false);
        tool("book_table", "refused");
        awaitSpokenOf("did not allow");
        caller.type(booking("2026-12-25", "Eve"));
        tool("book_table", "asking");
        tool("book_table", "refused"); // nobody answered in time
        caller.type("call freeTimes {\"day\":\"2026-12-25\",\"persons\":2}");
        awaitSpokenOf("[\"18:00:00\",\"20:30:00\"]");
    }

    @Test
    void cancelled_overdue_and_abandoned_calls_are_interrupted() {
        try (TestCaller witness = TestCaller.ready(Deployments.address(url), "audio/pcm;rate=16000")) {
            caller.type("call waitForEver");
            awaitTold(witness, "waiting", 1); // one that has not begun yet would be stopped without an interrupt
            caller.type("/simulate cancel-tools");
            tool("waitForEver", "cancelled");
            caller.type("call waitTooLong");
            tool("waitTooLong", "failed");
            awaitSpokenOf("longer than 1.0 s");
            awaitTold(witness, "interruptions", 2);
            caller.type("call waitForEver");
            awaitTold(witness, "waiting", 1);
            caller.close();
            awaitTold(witness, "interruptions", 3);
        }
    }

    private static void awaitTold(TestCaller witness, String tool, int count) {
        Eventually.holds(tool + " are " + count, () -> {
            int before = witness.text("outputTranscript").length();
            witness.type("call " + tool);
            witness.next(
                    "tool",
                    event -> event.getString("name").equals(tool)
                            && event.getString("state").equals("done"));
            witness.next("turnComplete"); // in which it was called
            witness.next("turnComplete"); // in which it is spoken of: a text before that would cut it
            return witness.text("outputTranscript").substring(before).contains("{\"output\":" + count + "}");
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
    void the_page_shows_calls_and_asks_the_person_also_by_keyboard() throws IOException {
        Path silence = Files.createDirectories(Path.of("target", "it")).resolve("silence.wav");
        Files.write(silence, Voice.wav(48_000, new short[48_000]));
        try (TestBrowser browsers = new TestBrowser();
                Browser browser = browsers.launch(silence);
                Page page = browser.newPage()) {
            List<String> complaints = new ArrayList<>();
            page.onConsoleMessage(message -> {
                if (message.type().equals("error") || message.type().equals("warning")) {
                    complaints.add(message.text());
                }
            });
            page.onPageError(complaints::add);
            page.navigate(Deployments.address(url).toString());
            say(page, "call freeTimes {\"day\":\"2027-01-02\",\"persons\":2}");
            assertThat(page.locator("#entries .line").last()).containsText("Used free times");

            say(page, booking("2027-01-02", "Anna"));
            assertThat(page.locator(".call.asking")).containsText("Allow table booking?");
            assertThat(page.locator(".call.asking")).containsText("guest: (name: Anna)");
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "it", "tool-question.png")));
            page.locator("#text").focus();
            // Backwards from the text field, the question's last button comes before anything else of the transcript.
            for (int i = 0; i < 10 && !isFocused(page, "Allow"); i++) {
                page.keyboard().press("Shift+Tab");
            }
            page.keyboard().press("Enter");
            assertThat(page.locator("#entries .line").last()).containsText("Used table booking");
            assertThat(page.locator(".call.asking")).hasCount(0);

            say(page, booking("2027-01-02", "Eve"));
            page.locator(".call.asking button", new Page.LocatorOptions().setHasText("Refuse"))
                    .click();
            assertThat(page.locator("#entries .line").last()).containsText("Not allowed: table booking");
            assertEquals(List.of(), complaints);
        }
    }

    private static boolean isFocused(Page page, String button) {
        return button.equals(page.evaluate("() => document.activeElement.textContent"));
    }

    private static void say(Page page, String text) {
        page.locator("#text").fill(text);
        page.locator("#send").click();
    }

    private static String booking(String day, String name) {
        return "call book_table {\"day\":\"" + day + "\",\"time\":\"18:00\",\"persons\":2,\"guest\":{\"name\":\"" + name
                + "\"}}";
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
