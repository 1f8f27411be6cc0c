package dev.parley.tools;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/tools.md shows the example that is compiled and run, and every member of the annotation. */
class ToolsDocumentedTest {
    private final String page;

    ToolsDocumentedTest() throws IOException {
        page = Files.readString(Path.of("docs/tools.md"));
    }

    @Test
    void the_example_is_the_one_that_runs() throws IOException {
        String example = Files.readString(Path.of("src/test/java/example/restaurant/RestaurantTools.java"));
        assertTrue(page.contains("```java\n" + example.strip() + "\n```"), "copy RestaurantTools into docs/tools.md");
    }

    @Test
    void every_member_of_the_annotation_is_explained() {
        for (Method member : Tool.class.getDeclaredMethods()) {
            assertTrue(page.contains("| `" + member.getName() + "` |"), member.getName());
        }
    }
}
