package dev.parley.operations.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The dashboard and the alerts ask for metrics that there are. */
class DashboardTest {
    private static final Path DASHBOARD = Path.of("docs/grafana/parley.json");
    private static final Path ALERTS = Path.of("docs/prometheus/alerts.yml");
    private static final Pattern NAME = Pattern.compile("\\b(?:parley|jvm|process|system)_[a-z0-9_]+");
    private static final Pattern DOCUMENTED =
            Pattern.compile("`((?:parley|jvm|process|system)_[a-z0-9_]+)`(?: \\| (\\w+))?");

    private static Set<String> existing() throws IOException {
        Set<String> names = new HashSet<>();
        Matcher row = DOCUMENTED.matcher(Files.readString(Path.of("docs/metrics.md")));
        while (row.find()) {
            names.add(row.group(1));
            if ("histogram".equals(row.group(2))) {
                List.of("_bucket", "_count", "_sum").forEach(part -> names.add(row.group(1) + part));
            }
        }
        assertTrue(names.size() > 40, names::toString);
        return names;
    }

    private static void assertExist(List<String> expressions) throws IOException {
        Set<String> existing = existing();
        TreeSet<String> unknown = new TreeSet<>();
        for (String expression : expressions) {
            Matcher name = NAME.matcher(expression);
            int found = 0;
            for (; name.find(); found++) {
                if (!existing.contains(name.group())) {
                    unknown.add(name.group());
                }
            }
            assertTrue(found > 0, () -> "No metric in " + expression);
        }
        assertEquals(new TreeSet<>(), unknown);
    }

    private static void collect(JsonValue value, List<String> expressions) {
        if (value instanceof JsonObject object) {
            object.forEach((name, member) -> {
                if (name.equals("expr") && member instanceof JsonString text) {
                    expressions.add(text.getString());
                } else {
                    collect(member, expressions);
                }
            });
        } else if (value instanceof JsonArray array) {
            array.forEach(member -> collect(member, expressions));
        }
    }

    @Test
    void every_panel_shows_metrics_that_exist() throws IOException {
        JsonObject dashboard;
        try (Reader reader = Files.newBufferedReader(DASHBOARD)) {
            dashboard = Json.createReader(reader).readObject();
        }
        List<String> expressions = new ArrayList<>();
        collect(dashboard, expressions);
        assertTrue(expressions.size() > 15, expressions::toString);
        assertExist(expressions);
        List<JsonObject> panels = dashboard.getJsonArray("panels").getValuesAs(JsonObject.class);
        assertEquals(
                panels.size(),
                panels.stream().map(panel -> panel.getInt("id")).distinct().count(),
                "ids of panels");
        assertTrue(panels.stream().allMatch(panel -> panel.containsKey("title") && panel.containsKey("gridPos")));
    }

    /** A member of the file, which must be there. */
    private static Object member(Map<String, Object> object, String name) {
        Object value = object.get(name);
        if (value == null) {
            throw new AssertionError("No " + name + " in " + object);
        }
        return value;
    }

    @SuppressWarnings("unchecked") // YAML has no types
    private static List<Map<String, Object>> objects(Map<String, Object> object, String name) {
        return (List<Map<String, Object>>) member(object, name);
    }

    @SuppressWarnings("unchecked") // YAML has no types
    private static Map<String, Object> object(Map<String, Object> object, String name) {
        return (Map<String, Object>) member(object, name);
    }

    private static Set<String> chapters() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("docs/operations.md"))) {
            return lines.filter(line -> line.startsWith("#"))
                    .map(line -> line.replaceAll("^#+ ", "")
                            .toLowerCase(Locale.ROOT)
                            .replaceAll("[^a-z ]", "")
                            .replace(' ', '-'))
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void every_alert_asks_for_metrics_that_exist_and_says_what_to_do() throws IOException {
        Map<String, Object> file = new Yaml().load(Files.readString(ALERTS));
        List<String> expressions = new ArrayList<>();
        Set<String> chapters = chapters();
        for (Map<String, Object> group : objects(file, "groups")) {
            for (Map<String, Object> rule : objects(group, "rules")) {
                expressions.add((String) member(rule, "expr"));
                Map<String, Object> words = object(rule, "annotations");
                assertTrue(((String) member(words, "summary")).length() > 10, rule::toString);
                String description = (String) member(words, "description");
                String chapter = description.replaceAll(".*docs/operations\\.md#([a-z-]+).*", "$1");
                assertTrue(chapters.contains(chapter), () -> "No chapter for: " + description);
            }
        }
        assertTrue(expressions.size() >= 5, expressions::toString);
        assertExist(expressions);
    }
}
