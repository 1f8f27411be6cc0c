package dev.parley.tools.bean;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.testkit.TestTool;
import dev.parley.tools.Caller;
import dev.parley.tools.LiveConversation;
import dev.parley.tools.Param;
import dev.parley.tools.Scheduling;
import dev.parley.tools.Tool;
import dev.parley.tools.ToolException;
import dev.parley.tools.offer.OfferedTool;
import dev.parley.tools.offer.ToolDescription;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Typed;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Beans in a real CDI container: what is found, how it is called, and what stops deployment. */
class ToolExtensionTest {
    private static SeContainer start(Class<?>... beans) {
        return SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addExtensions(new ToolExtension())
                .addBeanClasses(BeanTools.class)
                .addBeanClasses(beans)
                .initialize();
    }

    private static OfferedTool tool(SeContainer container, String name) {
        return container.select(BeanTools.class).get().tools().stream()
                .filter(tool -> tool.description().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static JsonObject call(SeContainer container, String name) throws Exception {
        return tool(container, name).call(JsonObject.EMPTY_JSON_OBJECT, TestTool.CONTEXT);
    }

    @RequestScoped
    static class PerCall {
        private static final AtomicInteger MADE = new AtomicInteger();
        private final int number = MADE.incrementAndGet();

        int number() {
            return number;
        }
    }

    /** Not public, as beans may be. */
    @ApplicationScoped
    static class Desk {
        @Inject
        private PerCall perCall;

        @Tool(value = "Greets.", title = "greeting", scheduling = Scheduling.SILENT, timeLimitSeconds = 5)
        public String greet(Caller caller, @Param("Whom.") String name, LiveConversation conversation) {
            return "Hello " + name + " in " + conversation.id() + " from " + caller;
        }

        @Tool("Counts requests.")
        public int request() {
            return perCall.number();
        }

        @Tool(value = "Fails.", blocking = true)
        public void fail() {
            throw new ToolException("Not today.");
        }

        @Tool("Promises.")
        public CompletionStage<Map<String, Integer>> later() {
            return CompletableFuture.completedFuture(Map.of("answer", 42));
        }

        @Tool("Breaks a promise.")
        public CompletionStage<String> never() {
            return CompletableFuture.failedFuture(new ToolException("Not ever."));
        }

        @Tool("Finds nothing.")
        public Optional<String> nothing() {
            return Optional.empty();
        }

        @Tool("Has an object.")
        public JsonObject object() {
            return Json.createObjectBuilder().add("a", 1).build();
        }

        @Tool("Does something.")
        public void act() {}

        /** Not a tool. */
        public void other() {}
    }

    abstract static class Base {
        @Tool("Is inherited.")
        public String inherited() {
            return getClass().getSimpleName();
        }
    }

    @Dependent
    static class Heir extends Base {
        private static final AtomicInteger GONE = new AtomicInteger();

        @PreDestroy
        void gone() {
            GONE.incrementAndGet();
        }
    }

    @Test
    void methods_are_found_described_and_called_with_what_is_given() throws Exception {
        try (SeContainer container = start(Desk.class, PerCall.class)) {
            OfferedTool greet = tool(container, "greet");
            ToolDescription description = greet.description();
            assertEquals("greeting", description.title());
            assertEquals("Greets.", description.description());
            assertEquals(Scheduling.SILENT, description.scheduling());
            assertEquals(Optional.of(Duration.ofSeconds(5)), description.timeLimit());
            assertEquals(
                    "{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\",\"description\":\"Whom.\"}},"
                            + "\"required\":[\"name\"]}",
                    description.schema().toString());
            JsonObject result =
                    greet.call(Json.createObjectBuilder().add("name", "Anna").build(), TestTool.CONTEXT);
            assertEquals("{\"output\":\"Hello Anna in c1 from anonymous\"}", result.toString());
            assertTrue(tool(container, "fail").description().blocking());
            assertEquals(8, container.select(BeanTools.class).get().tools().size());
        }
    }

    @Test
    void results_are_objects_whatever_a_method_returns() throws Exception {
        try (SeContainer container = start(Desk.class, PerCall.class)) {
            assertEquals("{\"answer\":42}", call(container, "later").toString());
            assertEquals(
                    "{\"output\":null,\"status\":\"nothing found\"}",
                    call(container, "nothing").toString());
            assertEquals("{\"a\":1}", call(container, "object").toString());
            assertEquals("{\"status\":\"done\"}", call(container, "act").toString());
        }
    }

    @Test
    void what_a_method_throws_is_thrown() {
        try (SeContainer container = start(Desk.class, PerCall.class)) {
            assertEquals(
                    "Not today.",
                    assertThrows(ToolException.class, () -> call(container, "fail"))
                            .getMessage());
            assertEquals(
                    "Not ever.",
                    assertThrows(ToolException.class, () -> call(container, "never"))
                            .getMessage());
        }
    }

    @Test
    void each_call_is_a_request_of_its_own() throws Exception {
        try (SeContainer container = start(Desk.class, PerCall.class)) {
            int first = call(container, "request").getInt("output");
            int second = call(container, "request").getInt("output");
            assertEquals(first + 1, second);
        }
    }

    @Test
    void a_dependent_bean_lives_for_one_call_and_has_the_methods_of_its_ancestors() throws Exception {
        try (SeContainer container = start(Heir.class)) {
            int gone = Heir.GONE.get();
            assertEquals("{\"output\":\"Heir\"}", call(container, "inherited").toString());
            assertEquals(gone + 1, Heir.GONE.get());
        }
    }

    @ApplicationScoped
    @RolesAllowed("clerk")
    static class Office {
        @Tool("For clerks.")
        public void clerks() {}

        @Tool("For bosses.")
        @RolesAllowed({"boss", "owner"})
        public void bosses() {}

        @Tool("For all.")
        @PermitAll
        public void all() {}

        @Tool("For nobody.")
        @DenyAll
        public void nobody() {}
    }

    @Test
    void roles_say_who_may() {
        Caller owner = new Caller() {
            @Override
            public Optional<String> name() {
                return Optional.of("Olga");
            }

            @Override
            public boolean hasRole(String role) {
                return role.equals("owner");
            }
        };
        try (SeContainer container = start(Office.class)) {
            assertFalse(tool(container, "clerks").isFor(owner));
            assertTrue(tool(container, "bosses").isFor(owner));
            assertTrue(tool(container, "all").isFor(Caller.ANONYMOUS));
            assertFalse(tool(container, "nobody").isFor(owner));
        }
    }

    @RolesAllowed("clerk")
    abstract static class Till {
        @Tool("Gives money out.")
        public void pay() {}
    }

    @ApplicationScoped
    static class Shop extends Till {
        @Tool("Opens.")
        public void open() {}
    }

    /** Jakarta Annotations 2.1 §2: an annotation of a class is for the methods that it declares, and goes with them. */
    @Test
    void roles_of_an_ancestor_go_with_its_methods() {
        try (SeContainer container = start(Shop.class)) {
            assertFalse(tool(container, "pay").isFor(Caller.ANONYMOUS));
            assertTrue(tool(container, "open").isFor(Caller.ANONYMOUS));
        }
    }

    @ApplicationScoped
    static class Wrong {
        @Tool(" ")
        public void silent() {}

        @Tool("Hides.")
        void hidden() {}

        @Tool("Stands alone.")
        public static void alone() {}

        @Tool(value = "Has a bad name.", name = "no spaces")
        public void named() {}

        @Tool("Takes anything.")
        public void anything(Object thing) {}

        @Tool(value = "Takes for ever.", timeLimitSeconds = 3601)
        public void slow() {}
    }

    interface View {}

    @Typed(View.class)
    @ApplicationScoped
    static class Veiled implements View {
        @Tool("Cannot be reached.")
        public void veiled() {}
    }

    @ApplicationScoped
    static class Twin {
        @Tool(value = "The same again.", name = "act")
        public void twin() {}
    }

    private static String refusal(Class<?>... beans) {
        return String.valueOf(
                assertThrows(RuntimeException.class, () -> start(beans)).getMessage());
    }

    @Test
    void what_cannot_be_a_tool_stops_deployment_all_at_once() {
        String message = refusal(Wrong.class, Veiled.class);
        String bean = Wrong.class.getName() + ".";
        for (String problem : List.of(
                bean + "silent() cannot be a @Tool: say in @Tool(\"…\") what it does",
                bean + "hidden() cannot be a @Tool: make it public and not static.",
                bean + "alone() cannot be a @Tool: make it public and not static.",
                bean + "named() cannot be a @Tool: its name \"no spaces\" must begin with a letter or _",
                bean + "anything(Object) cannot be a @Tool: \"thing\" has the type java.lang.Object: use a text",
                bean + "slow() cannot be a @Tool: timeLimitSeconds must be from 0 to 3600.",
                Veiled.class.getName() + ".veiled() cannot be a @Tool: the bean " + Veiled.class.getName()
                        + " cannot be called as")) {
            assertTrue(message.contains(problem), () -> problem + "\nis not in\n" + message);
        }
    }

    @Test
    void two_tools_of_one_name_stop_deployment() {
        String message = refusal(Desk.class, PerCall.class, Twin.class);
        assertTrue(
                message.contains(Twin.class.getName() + ".twin() cannot be a @Tool: the name \"act\" is taken by "
                        + Desk.class.getName() + ".act() of the bean " + Desk.class.getName()
                        + "; give one of them another name with @Tool(name = …)."),
                message);
    }
}
