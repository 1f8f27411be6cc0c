package dev.parley.operations.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.operations.board.ConversationView;
import dev.parley.operations.board.FailureView;
import dev.parley.operations.desk.DrainView;
import dev.parley.operations.desk.KeyView;
import dev.parley.operations.desk.LimitsView;
import dev.parley.operations.diagnostics.Diagnosis;
import dev.parley.operations.diagnostics.Report;
import dev.parley.operations.diagnostics.step.Step;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** docs/openapi.yaml says of /api/admin what the code does: every path, method, member and type. */
class AdminDescriptionTest {
    private static final Map<String, Class<? extends Record>> SCHEMAS = Map.of(
            "overview", Overview.class,
            "drain", DrainView.class,
            "conversation", ConversationView.class,
            "failure", FailureView.class,
            "key", KeyView.class,
            "limits", LimitsView.class,
            "diagnosis", Report.class,
            "step", Step.class);
    private static final List<Class<? extends Annotation>> METHODS =
            List.of(GET.class, POST.class, PATCH.class, DELETE.class);

    private final Map<String, Object> openApi;

    AdminDescriptionTest() throws IOException {
        openApi = new Yaml().load(Files.readString(java.nio.file.Path.of("docs/openapi.yaml")));
    }

    private Map<?, ?> at(String... names) {
        Object node = openApi;
        for (String name : names) {
            node = Objects.requireNonNull(((Map<?, ?>) node).get(name), () -> String.join("/", names));
        }
        return (Map<?, ?>) node;
    }

    @Test
    void every_record_is_described_with_exactly_its_members() {
        SCHEMAS.forEach((name, type) -> {
            Map<String, String> members = new LinkedHashMap<>();
            for (RecordComponent member : type.getRecordComponents()) {
                members.put(member.getName(), typeOf(member));
            }
            Map<String, String> described = new LinkedHashMap<>();
            at("components", "schemas", name, "properties")
                    .forEach((member, schema) -> described.put((String) member, typeOf((Map<?, ?>) schema)));
            assertEquals(members, described, name);
            assertEquals(
                    List.copyOf(members.keySet()),
                    at("components", "schemas", name).get("required"),
                    name);
        });
    }

    private static String typeOf(RecordComponent member) {
        Class<?> type = member.getType();
        if (type == List.class) {
            return "array";
        }
        if (type.isRecord()) {
            return "object";
        }
        return type == String.class ? "string" : type == boolean.class ? "boolean" : "integer";
    }

    private String typeOf(Map<?, ?> schema) {
        return schema.get("$ref") instanceof String reference
                ? (String) Objects.requireNonNull(
                        at(reference.substring(2).split("/")).get("type"))
                : (String) Objects.requireNonNull(schema.get("type"));
    }

    @Test
    void every_path_and_method_is_described() {
        TreeSet<String> served = new TreeSet<>();
        for (Class<?> resource : List.of(DeskResource.class, DiagnosticsResource.class)) {
            String root =
                    Objects.requireNonNull(resource.getAnnotation(Path.class)).value();
            for (Method method : resource.getDeclaredMethods()) {
                Path path = method.getAnnotation(Path.class);
                METHODS.stream()
                        .filter(method::isAnnotationPresent)
                        .map(Class::getSimpleName)
                        .forEach(verb -> served.add(verb.toLowerCase(Locale.ROOT) + " "
                                + ("/api/admin/" + root + "/" + (path == null ? "" : path.value()))
                                        .replaceAll("/+", "/")
                                        .replaceAll("/$", "")));
            }
        }
        TreeSet<String> described = new TreeSet<>();
        at("paths").forEach((path, methods) -> {
            if (path.toString().startsWith("/api/admin")) {
                ((Map<?, ?>) methods).keySet().forEach(method -> described.add(method + " " + path));
            }
        });
        assertEquals(served, described);
    }

    @Test
    void every_diagnosis_is_named() {
        List<?> parameters = (List<?>) Objects.requireNonNull(
                at("paths", "/api/admin/diagnostics/{diagnosis}", "post").get("parameters"));
        Map<?, ?> schema = (Map<?, ?>) Objects.requireNonNull(((Map<?, ?>) parameters.get(0)).get("schema"));
        assertEquals(Arrays.stream(Diagnosis.values()).map(Diagnosis::word).toList(), schema.get("enum"));
    }
}
