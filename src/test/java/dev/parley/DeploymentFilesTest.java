package dev.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What engines are given to run Parley: pinned, without rights, and of settings that exist. */
class DeploymentFilesTest {
    private static final String USER = "10001";
    private static final String PORT = "8080";

    private final List<String> dockerfile = instructions();
    private final Map<?, ?> compose = documents("compose.yaml").get(0);
    private final List<Map<?, ?>> kubernetes = documents("payara-config/kubernetes.yaml");

    @Test
    void the_image_is_pinned_has_no_rights_and_says_whether_it_is_healthy() {
        for (String from : of("FROM")) {
            assertTrue(from.matches("(--platform=\\S+ )?\\S+:[\\w.]*\\d[\\w.-]*( AS \\w+)?"), from);
        }
        List<String> last = dockerfile.subList(
                dockerfile.lastIndexOf("FROM " + of("FROM").get(of("FROM").size() - 1)), dockerfile.size());
        List<String> kinds =
                last.stream().map(line -> line.substring(0, line.indexOf(' '))).toList();
        assertTrue(
                kinds.indexOf("USER") < kinds.indexOf("ENTRYPOINT") && kinds.contains("HEALTHCHECK"), kinds::toString);
        assertEquals(USER + ":" + USER, last.get(kinds.indexOf("USER")).substring("USER ".length()));
        assertEquals(PORT, last.get(kinds.indexOf("EXPOSE")).substring("EXPOSE ".length()));
        assertTrue(last.get(kinds.indexOf("ENTRYPOINT")).startsWith("ENTRYPOINT [\"java\""), "its signals reach Java");
    }

    @Test
    void everything_the_image_copies_is_there_and_let_through() throws IOException {
        List<String> let = Files.readAllLines(Path.of(".dockerignore"));
        for (String copy : of("COPY")) {
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
        Map<?, ?> database = map(map(compose.get("services")).get("database"));
        assertFalse(database.containsKey("ports"), "nobody else reaches the database");
        assertTrue(String.valueOf(database.get("image")).matches("postgres:\\d+\\.\\d+-alpine\\d+\\.\\d+"));
    }

    @Test
    void a_pod_has_no_rights_and_every_probe() {
        Map<?, ?> pod =
                map(map(map(kind("Deployment").get("spec")).get("template")).get("spec"));
        assertEquals(true, map(pod.get("securityContext")).get("runAsNonRoot"));
        assertEquals(USER, "" + map(pod.get("securityContext")).get("runAsUser"));
        Map<?, ?> container = container();
        assertEquals(true, map(container.get("securityContext")).get("readOnlyRootFilesystem"));
        for (String probe : List.of("startup:started", "liveness:live", "readiness:ready")) {
            String[] names = probe.split(":", -1);
            Map<?, ?> asked = map(map(container.get(names[0] + "Probe")).get("httpGet"));
            assertEquals("/health/" + names[1], asked.get("path"));
        }
        List<?> leave =
                list(map(map(map(container.get("lifecycle")).get("preStop")).get("exec"))
                        .get("command"));
        assertTrue(
                of("COPY").stream().anyMatch(copy -> copy.contains("payara-config/" + leave.get(1))), leave::toString);
        assertEquals(PORT, "" + map(list(container.get("ports")).get(0)).get("containerPort"));
    }

    @Test
    void whatever_is_set_is_a_setting() throws IOException {
        Set<String> known = new CommentedSettings(Files.readString(Path.of("README.md")))
                .defaults().keySet().stream()
                        .map(name -> name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"))
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<String> set = new TreeSet<>();
        map(map(map(compose.get("services")).get("parley")).get("environment"))
                .keySet()
                .forEach(name -> set.add("" + name));
        map(kind("ConfigMap").get("data")).keySet().forEach(name -> set.add("" + name));
        assertFalse(set.isEmpty());
        set.removeAll(known);
        assertEquals(Set.of(), set);
    }

    private Map<?, ?> container() {
        Map<?, ?> pod =
                map(map(map(kind("Deployment").get("spec")).get("template")).get("spec"));
        return map(list(pod.get("containers")).get(0));
    }

    private Map<?, ?> kind(String kind) {
        return kubernetes.stream()
                .filter(document -> kind.equals(document.get("kind")))
                .findFirst()
                .orElseThrow();
    }

    private List<String> of(String instruction) {
        return dockerfile.stream()
                .filter(line -> line.startsWith(instruction + " "))
                .map(line -> line.substring(instruction.length() + 1))
                .toList();
    }

    private static List<String> instructions() {
        return read("Dockerfile")
                .replaceAll("(?m)^#.*\n", "")
                .replaceAll("\\\\\n\\s*", "")
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }

    private static List<Map<?, ?>> documents(String file) {
        List<Map<?, ?>> documents = new ArrayList<>();
        new Yaml(new SafeConstructor(new LoaderOptions()))
                .loadAll(read(file))
                .forEach(document -> documents.add(map(document)));
        return documents;
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private static Map<?, ?> map(@org.jspecify.annotations.Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static List<?> list(@org.jspecify.annotations.Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }
}
