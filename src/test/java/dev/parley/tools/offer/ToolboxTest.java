package dev.parley.tools.offer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.testkit.TestTool;
import dev.parley.tools.Caller;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which tools are offered to whom, under which names. */
class ToolboxTest {
    private static final Caller CLERK = new Caller() {
        @Override
        public Optional<String> name() {
            return Optional.of("Anna");
        }

        @Override
        public boolean hasRole(String role) {
            return role.equals("clerk");
        }
    };

    private record Source(String name, List<OfferedTool> tools) implements ToolSource {}

    private static TestTool tool(String name) {
        return TestTool.named(name, () -> TestTool.output(name));
    }

    private static List<String> names(Toolbox box, Caller caller) {
        return box.offeredTo(caller).stream()
                .map(tool -> tool.description().name())
                .toList();
    }

    @Test
    void a_name_that_is_taken_gets_the_name_of_its_source_in_front() {
        Toolbox box = new Toolbox(
                List.of(
                        new Source("", List.of(tool("find"))),
                        new Source("shop", List.of(tool("find"), tool("buy"))),
                        new Source("shop", List.of(tool("find")))),
                true,
                Set.of());
        assertEquals(List.of("find", "shop_find", "buy"), names(box, Caller.ANONYMOUS));
    }

    @Test
    void a_tool_for_a_role_is_offered_to_those_who_have_it() {
        Toolbox box =
                new Toolbox(List.of(new Source("", List.of(tool("a"), tool("b").forRole("clerk")))), true, Set.of());
        assertEquals(List.of("a"), names(box, Caller.ANONYMOUS));
        assertEquals(List.of("a", "b"), names(box, CLERK));
    }

    @Test
    void tools_can_be_switched_off() {
        List<ToolSource> sources = List.of(new Source("", List.of(tool("a"), tool("b"))));
        assertEquals(List.of("b"), names(new Toolbox(sources, true, Set.of("a")), Caller.ANONYMOUS));
        assertEquals(List.of(), names(new Toolbox(sources, false, Set.of()), Caller.ANONYMOUS));
    }

    @Test
    void no_more_are_offered_than_a_model_takes() {
        List<OfferedTool> many = IntStream.range(0, 600)
                .<OfferedTool>mapToObj(number -> tool("t" + number))
                .toList();
        assertEquals(
                512,
                new Toolbox(List.of(new Source("", many)), true, Set.of())
                        .offeredTo(CLERK)
                        .size());
    }

    @Test
    void names_are_as_the_live_api_allows() {
        for (String name : List.of("a", "_", "book_table", "a.b:c-d", "A1", "x".repeat(128))) {
            assertTrue(ToolDescription.isName(name), name);
        }
        for (String name : List.of("", "1a", "a b", "ä", "x".repeat(129), "-a")) {
            assertFalse(ToolDescription.isName(name), name);
        }
    }
}
