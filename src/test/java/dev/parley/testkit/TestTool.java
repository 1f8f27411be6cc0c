package dev.parley.testkit;

import dev.parley.tools.Caller;
import dev.parley.tools.LiveConversation;
import dev.parley.tools.Scheduling;
import dev.parley.tools.Utterance;
import dev.parley.tools.offer.CallContext;
import dev.parley.tools.offer.OfferedTool;
import dev.parley.tools.offer.ToolDescription;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * A tool that does what a test says.
 *
 * @param action what a call answers, or throws
 */
public record TestTool(ToolDescription description, String role, Callable<JsonObject> action) implements OfferedTool {
    /** A call by somebody unknown, in a conversation in which nothing was said. */
    public static final CallContext CONTEXT = new CallContext(Caller.ANONYMOUS, new LiveConversation() {
        @Override
        public String id() {
            return "c1";
        }

        @Override
        public List<Utterance> said() {
            return List.of();
        }
    });

    /** One that everybody may use, and that nobody waits for. */
    public static TestTool named(String name, Callable<JsonObject> action) {
        return new TestTool(description(name, false, false, Scheduling.WHEN_IDLE), "", action);
    }

    /** The same, but the person is asked before. */
    public TestTool asking() {
        return new TestTool(
                description(description.name(), true, description.blocking(), description.scheduling()), role, action);
    }

    /** The same, but the model waits. */
    public TestTool blocking() {
        return new TestTool(
                description(description.name(), description.confirm(), true, description.scheduling()), role, action);
    }

    /** The same for one role. */
    public TestTool forRole(String only) {
        return new TestTool(description, only, action);
    }

    /** A result. */
    public static JsonObject output(String text) {
        return Json.createObjectBuilder().add("output", text).build();
    }

    private static ToolDescription description(String name, boolean confirm, boolean blocking, Scheduling when) {
        return new ToolDescription(
                name,
                name + " in words",
                "Does " + name + ".",
                Json.createObjectBuilder().add("type", "object").build(),
                confirm,
                blocking,
                when,
                Optional.<Duration>empty());
    }

    @Override
    public boolean isFor(Caller caller) {
        return role.isEmpty() || caller.hasRole(role);
    }

    @Override
    public JsonObject call(JsonObject arguments, CallContext context) throws Exception {
        return action.call();
    }
}
