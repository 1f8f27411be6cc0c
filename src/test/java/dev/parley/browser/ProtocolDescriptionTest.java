package dev.parley.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.conversation.event.ClientEvent;
import dev.parley.conversation.event.Source;
import dev.parley.conversation.event.TokenUsage;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import dev.parley.shared.settings.Secret;
import dev.parley.testkit.ManualTime;
import dev.parley.tools.call.CallNotice;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** docs/asyncapi.yaml and docs/protocol.md say what the code does: every message, every member, every close code. */
class ProtocolDescriptionTest {
    private static final TokenUsage USAGE = new TokenUsage(1, 2, 3, Map.of("AUDIO", 1L), Map.of("AUDIO", 2L));

    private final Map<String, Object> asyncApi;
    private final String protocol;
    private final ClientMessageReader reader = ClientMessageReader.of(100, new ManualTime());

    ProtocolDescriptionTest() throws IOException {
        asyncApi = new Yaml().load(Files.readString(Path.of("docs/asyncapi.yaml")));
        protocol = Files.readString(Path.of("docs/protocol.md"));
    }

    /** One of each kind of event, by its JSON. */
    private static List<JsonObject> everyEvent() {
        List<String> written = new ArrayList<>();
        EventWriter writer = new EventWriter(written::add);
        List<ClientEvent> events = List.of(
                new ClientEvent.Waiting(2, 1),
                new ClientEvent.Ready(
                        "c",
                        new Secret("c.s"),
                        "m",
                        24_000,
                        Duration.ofMinutes(15),
                        true,
                        true,
                        7,
                        true,
                        Duration.ofMinutes(2)),
                new ClientEvent.History(List.of(new ClientEvent.History.Line(1, true, "a", 1, false))),
                new ClientEvent.NotResumed("why"),
                new ClientEvent.OutputFormat(16_000),
                new ClientEvent.InputTranscript("a", 1),
                new ClientEvent.InputPreview("a"),
                new ClientEvent.OutputTranscript("a", 1),
                new ClientEvent.ModelText("a", 1),
                new ClientEvent.SpeechStart(Optional.of(Duration.ofMillis(5))),
                new ClientEvent.SpeechEnd(Optional.of(Duration.ofMillis(5))),
                new ClientEvent.Sources(List.of(new Source("a", "https://a.example/")), Optional.of("<a>a</a>"), 1),
                new ClientEvent.Interrupted(1),
                new ClientEvent.TurnComplete(1, Optional.of(USAGE)),
                new ClientEvent.Tool(new CallNotice(
                        1, "pay", "pay", CallNotice.State.ASKING, "amount: 12.50", Duration.ofSeconds(60))),
                new ClientEvent.Usage(USAGE),
                new ClientEvent.TimeLeft(Duration.ofSeconds(60)),
                new ClientEvent.Reconnecting(),
                new ClientEvent.Resumed(Duration.ofMillis(10), Duration.ZERO),
                new ClientEvent.Unsteady(),
                new ClientEvent.Steady(),
                new ClientEvent.Problem(FailureKind.BAD_MESSAGE, "why"));
        Set<Class<?>> kinds = new HashSet<>(List.of(ClientEvent.class.getPermittedSubclasses()));
        events.forEach(event -> kinds.remove(event.getClass()));
        assertEquals(Set.of(), kinds, "add the new kind of event here");
        events.forEach(event -> event.deliverTo(writer));
        writer.ended(FailureKind.NORMAL, "why");
        return written.stream()
                .map(json -> Json.createReader(new StringReader(json)).readObject())
                .toList();
    }

    @Test
    void every_event_is_described_with_exactly_its_members() {
        Map<String, Map<String, Object>> described = described("toClient");
        Set<String> written = new TreeSet<>();
        for (JsonObject event : everyEvent()) {
            String type = event.getString("type");
            written.add(type);
            Map<String, Object> members =
                    Objects.requireNonNull(described.get(type), () -> type + " is not in asyncapi.yaml");
            assertEquals(new TreeSet<>(event.keySet()), new TreeSet<>(members.keySet()), type);
            event.forEach((member, value) ->
                    assertEquals(jsonType(value), schemaType(members.get(member)), type + "." + member));
            assertTrue(protocol.contains("`" + type + "`"), () -> type + " is not in protocol.md");
        }
        assertEquals(written, new TreeSet<>(described.keySet()));
    }

    @Test
    void every_described_client_message_is_understood() {
        Map<String, Map<String, Object>> described = described("fromClient");
        assertEquals(
                Set.of(
                        "start",
                        "text",
                        "image",
                        "activityStart",
                        "activityEnd",
                        "audioStreamEnd",
                        "heard",
                        "toolDecision",
                        "stop"),
                described.keySet());
        for (String type : described.keySet()) {
            String json = "{\"type\":\"" + type + "\",\"text\":\"hi\",\"millis\":5,\"call\":1,\"allow\":true,"
                    + "\"mimeType\":\"image/jpeg\",\"data\":\"/9j/4AAQ\"}";
            assertFalse(reader.read(json).toString().isEmpty());
            assertTrue(protocol.contains("`" + type + "`"), () -> type + " is not in protocol.md");
        }
        Set<String> members = new TreeSet<>();
        described.values().forEach(properties -> members.addAll(properties.keySet()));
        Set<String> read = new TreeSet<>();
        for (var component : dev.parley.browser.message.ClientMessage.class.getRecordComponents()) {
            read.add(component.getName());
        }
        assertEquals(read, members);
    }

    @Test
    void a_type_that_is_not_described_is_not_understood() {
        for (String type : List.of("ready", "error", "begin", "")) {
            org.junit.jupiter.api.Assertions.assertThrows(
                    ParleyException.class, () -> reader.read("{\"type\":\"" + type + "\"}"));
        }
    }

    @Test
    void every_close_code_is_in_the_table_of_the_protocol_page() {
        for (FailureKind kind : FailureKind.values()) {
            assertTrue(
                    protocol.contains("| " + kind.closeCode() + " | `" + kind.name() + "` |"),
                    () -> kind + " is missing in protocol.md");
        }
    }

    /** type → its members' schemas. */
    private Map<String, Map<String, Object>> described(String operation) {
        Map<String, Map<String, Object>> byType = new TreeMap<>();
        for (Object reference : (List<?>) at("operations", operation, "messages")) {
            Map<?, ?> message = resolved(resolved(reference));
            Map<String, Object> members = members(message.get("payload"));
            if (members.get("type") instanceof Map<?, ?> type) {
                byType.put(String.valueOf(type.get("const")), members);
            }
        }
        return byType;
    }

    private Map<String, Object> members(@Nullable Object schema) {
        Map<?, ?> resolved = resolved(schema);
        Map<String, Object> members = new TreeMap<>();
        if (resolved.get("allOf") instanceof List<?> parts) {
            parts.forEach(part -> members.putAll(members(part)));
        }
        if (resolved.get("properties") instanceof Map<?, ?> properties) {
            properties.forEach((name, value) -> members.put(String.valueOf(name), value));
        }
        return members;
    }

    private String schemaType(@Nullable Object schema) {
        Map<?, ?> resolved = resolved(schema);
        if (resolved.containsKey("const") || resolved.containsKey("enum")) {
            return "string";
        }
        return String.valueOf(resolved.get("type"));
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

    private Map<?, ?> resolved(@Nullable Object node) {
        if (node instanceof Map<?, ?> map) {
            return map.get("$ref") instanceof String reference
                    ? (Map<?, ?>) at(reference.substring(2).split("/"))
                    : map;
        }
        throw new AssertionError("Not an object: " + node);
    }

    private Object at(String... names) {
        Object node = asyncApi;
        for (String name : names) {
            node = Objects.requireNonNull(((Map<?, ?>) node).get(name), () -> String.join("/", names));
        }
        return node;
    }
}
