package dev.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.testkit.ImageFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What engines are given to run Parley: pinned, without rights, complete. */
class DeploymentFilesTest {
    private static final String USER = "10001";
    private static final String PORT = "8080";

    private final ImageFile image = ImageFile.read(Path.of("Dockerfile"));
    private final Map<?, ?> compose =
            map(new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(Path.of("compose.yaml"))));

    DeploymentFilesTest() throws IOException {}

    @Test
    void the_image_is_pinned_has_no_rights_and_says_whether_it_is_healthy() {
        for (String from : image.arguments("FROM")) {
            assertTrue(from.matches("(--platform=\\S+ )?\\S+:[\\w.]*\\d[\\w.-]*( AS \\w+)?"), from);
        }
        ImageFile last = image.lastStage();
        List<String> names = last.names();
        assertTrue(
                names.indexOf("USER") < names.indexOf("ENTRYPOINT") && names.contains("HEALTHCHECK"), names::toString);
        assertEquals(List.of(USER + ":" + USER), last.arguments("USER"));
        assertEquals(List.of(PORT), last.arguments("EXPOSE"));
        assertTrue(last.arguments("ENTRYPOINT").get(0).startsWith("[\"java\""), "its signals reach Java");
    }

    @Test
    void everything_the_image_copies_is_there_and_let_through() throws IOException {
        List<String> let = Files.readAllLines(Path.of(".dockerignore"));
        for (String copy : image.arguments("COPY")) {
            if (copy.startsWith("--from")) {
                continue;
            }
            String[] words = copy.split(" ", -1);
            for (int index = 0; index < words.length - 1; index++) {
                String root = words[index].split("/", -1)[0];
                assertTrue(Files.exists(Path.of(words[index])), words[index]);
                assertTrue(let.contains("!" + root), root);
            }
        }
    }

    @Test
    void compose_gives_the_address_of_the_readme_to_this_machine_only() {
        Map<?, ?> parley = map(map(compose.get("services")).get("parley"));
        assertEquals(List.of("127.0.0.1:3000:" + PORT), parley.get("ports"));
        assertEquals(true, parley.get("read_only"));
        assertEquals(List.of("ALL"), parley.get("cap_drop"));
        assertEquals(List.of("no-new-privileges:true"), parley.get("security_opt"));
    }

    private static Map<?, ?> map(@org.jspecify.annotations.Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }
}
