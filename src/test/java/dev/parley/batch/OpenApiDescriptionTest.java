package dev.parley.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.batch.answer.AnswerSink.Done;
import dev.parley.batch.answer.AnswerSink.Stage;
import dev.parley.batch.answer.EventStream;
import dev.parley.batch.answer.WholeAnswer;
import dev.parley.gemini.message.TokenCounts;
import dev.parley.gemini.models.BatchModel;
import dev.parley.gemini.models.ModelChoices;
import dev.parley.gemini.rest.wire.Transcript;
import dev.parley.gemini.settings.LiveDefaults;
import dev.parley.shared.execution.BlockingWork;
import dev.parley.shared.execution.Cancellation;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.problem.Problem;
import dev.parley.shared.settings.SettingsReader;
import dev.parley.testkit.ManualTime;
import dev.parley.testkit.RealThreads;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** docs/openapi.yaml says what the code does: every path, event, member, stage and status. */
class OpenApiDescriptionTest {
    private static final TokenCounts COUNTS = new TokenCounts(1, 2, 3, Map.of("AUDIO", 1L), Map.of("TEXT", 2L));
    private static final Transcript TRANSCRIPT = new Transcript(
            "a",
            Optional.of("S1"),
            List.of(new Transcript.Word("a", Optional.of(Duration.ZERO), Optional.of(Duration.ofMillis(5)))));
    private static final Done DONE = new Done("m", "STOP", true, "passed-on", "WAV", Optional.of("why"));

    private final Map<String, Object> openApi;

    OpenApiDescriptionTest() throws IOException {
        openApi = new Yaml().load(Files.readString(Path.of("docs/openapi.yaml")));
    }

    @Test
    void every_event_is_described_with_exactly_its_members() {
        Received client = new Received();
        ManualTime time = new ManualTime();
        try (RealThreads threads = new RealThreads();
                EventStream events =
                        new EventStream(client, new BlockingWork(threads.executor(), time, time), new Cancellation())) {
            events.progress(Stage.UPLOADING, 1, OptionalLong.of(2), Optional.of("why"));
            events.transcript(TRANSCRIPT);
            events.text("a");
            events.usage(COUNTS);
            events.done(DONE);
            events.failed(new Problem(FailureKind.NO_CAPACITY, 429, "why", Optional.of(Duration.ofSeconds(1))));
        }
        Map<?, ?> described = (Map<?, ?>) at(
                "paths",
                "/audio-stream",
                "post",
                "responses",
                "200",
                "content",
                "text/event-stream",
                "schema",
                "properties");
        List<String> lines = client.text().lines().toList();
        TreeSet<String> written = new TreeSet<>();
        for (int i = 0; i < lines.size(); i += 3) {
            String name = lines.get(i).substring("event: ".length());
            written.add(name);
            assertDescribed(name, parse(lines.get(i + 1).substring("data: ".length())), described.get(name));
        }
        assertEquals(written, new TreeSet<Object>(described.keySet()));
    }

    @Test
    void the_whole_answer_and_the_models_are_described_with_exactly_their_members() {
        WholeAnswer whole = new WholeAnswer();
        whole.transcript(TRANSCRIPT);
        whole.usage(COUNTS);
        whole.done(DONE);
        assertDescribed("answer", whole.toJson(), at("components", "schemas", "answer"));
        JsonObject models = ModelsResource.toJson(
                new ModelChoices(
                        List.of(new ModelChoices.LiveModel("l", "L")),
                        List.of(new BatchModel("b", "B", BatchModel.Kind.TRANSCRIPTION, "d")),
                        "l",
                        "b",
                        false),
                new LiveDefaults(new SettingsReader(name -> Optional.empty())).offer());
        assertDescribed("models", models, at("components", "schemas", "models"));
    }

    @Test
    void stages_treatments_and_kinds_are_all_named() {
        assertEquals(
                Arrays.stream(Stage.values())
                        .map(stage -> stage.name().toLowerCase(Locale.ROOT))
                        .toList(),
                at("components", "schemas", "progress", "properties", "stage", "enum"));
        assertEquals(
                Arrays.stream(dev.parley.media.recording.PreparedRecording.Treatment.values())
                        .map(treatment ->
                                treatment.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .toList(),
                at("components", "schemas", "done", "properties", "treatment", "enum"));
        assertEquals(
                Arrays.stream(BatchModel.Kind.values())
                        .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                        .toList(),
                at("components", "schemas", "batchModel", "properties", "kind", "enum"));
    }

    @Test
    void every_status_of_a_failure_is_described() {
        Map<?, ?> responses = (Map<?, ?>) at("paths", "/audio-stream", "post", "responses");
        for (FailureKind kind : FailureKind.values()) {
            if (kind != FailureKind.NORMAL) {
                assertTrue(responses.containsKey(Integer.toString(kind.httpStatus())), kind::name);
            }
        }
    }

    private void assertDescribed(String what, JsonObject written, @Nullable Object schema) {
        Map<?, ?> resolved = resolved(schema);
        Map<?, ?> properties = (Map<?, ?>) Objects.requireNonNull(resolved.get("properties"), what);
        assertEquals(new TreeSet<>(written.keySet()), new TreeSet<Object>(properties.keySet()), what);
        List<?> required = (List<?>) Objects.requireNonNull(resolved.get("required"), what);
        assertTrue(written.keySet().containsAll(required), what);
        written.forEach((member, value) -> assertMember(what + "." + member, value, resolved(properties.get(member))));
    }

    private void assertMember(String what, JsonValue value, Map<?, ?> schema) {
        assertEquals(jsonType(value), schema.get("type"), what);
        if (value instanceof JsonObject object && schema.containsKey("properties")) {
            assertDescribed(what, object, schema);
        } else if (value instanceof JsonArray array) {
            List<JsonValue> items = new ArrayList<>(array);
            items.forEach(item -> assertMember(what + "[]", item, resolved(schema.get("items"))));
        }
    }

    private static String jsonType(JsonValue value) {
        return switch (value.getValueType()) {
            case OBJECT -> "object";
            case ARRAY -> "array";
            case STRING -> "string";
            case NUMBER -> "integer";
            case TRUE, FALSE -> "boolean";
            default -> throw new AssertionError(value);
        };
    }

    private Map<?, ?> resolved(@Nullable Object schema) {
        Map<?, ?> map = (Map<?, ?>) Objects.requireNonNull(schema);
        return map.get("$ref") instanceof String reference
                ? (Map<?, ?>) at(reference.substring(2).split("/"))
                : map;
    }

    private Object at(String... names) {
        Object node = openApi;
        for (String name : names) {
            node = Objects.requireNonNull(((Map<?, ?>) node).get(name), () -> String.join("/", names));
        }
        return node;
    }

    private static JsonObject parse(String json) {
        return Json.createReader(new StringReader(json)).readObject();
    }
}
