package dev.parley.tools.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.shared.settings.SettingException;
import dev.parley.shared.settings.SettingsReader;
import dev.parley.testkit.ManualExecutor;
import dev.parley.testkit.ManualTime;
import dev.parley.testkit.RealThreads;
import dev.parley.testkit.ScriptedMcpServer;
import dev.parley.testkit.TestTool;
import dev.parley.tools.Caller;
import dev.parley.tools.ToolException;
import dev.parley.tools.offer.OfferedTool;
import dev.parley.tools.offer.ToolDescription;
import dev.parley.tools.offer.Toolbox;
import dev.parley.tools.run.CallSettings;
import dev.parley.tools.run.CallThreads;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tools of real MCP servers on loopback, over the SDK; looks happen when the test says so. */
class McpServersTest {
    private static final String FIND = """
            [{"name":"find","title":"Search","description":"Finds.","inputSchema":{"$schema":"x","type":"object",
              "properties":{"what":{"type":"string"}},"required":["what"]}}]""";

    private final ManualTime time = new ManualTime();
    private final ManualExecutor threads = new ManualExecutor();
    private final RealThreads real = new RealThreads();
    private final Map<String, String> settings = new HashMap<>();
    private final ScriptedMcpServer first = ScriptedMcpServer.start();

    private McpServers servers = new McpServers();

    @AfterEach
    void close() {
        servers.stop();
        first.close();
        real.close();
    }

    private void begin(String list) {
        settings.put("parley.tools.mcp", list);
        SettingsReader reader = new SettingsReader(name -> Optional.ofNullable(settings.get(name)));
        servers = new McpServers(
                reader, new CallThreads(threads, time, CallSettings.read(reader)), threads, time, real.factory());
        servers.start(this);
        threads.runAll();
    }

    private List<OfferedTool> offered() {
        return new Toolbox(List.copyOf(servers.sources()), true, Set.of()).offeredTo(Caller.ANONYMOUS);
    }

    private List<String> names() {
        return offered().stream().map(tool -> tool.description().name()).toList();
    }

    private JsonObject call(String argument) throws Exception {
        return offered()
                .get(0)
                .call(Json.createObjectBuilder().add("what", argument).build(), TestTool.CONTEXT);
    }

    @Test
    void tools_are_listed_and_called() throws Exception {
        first.offers(FIND)
                .answers(
                        "find",
                        arguments -> "{\"content\":[{\"type\":\"text\",\"text\":\"found " + arguments.getString("what")
                                + "\"},{\"type\":\"image\",\"data\":\"AA==\",\"mimeType\":\"image/png\"}]}");
        begin("one=" + first.url());
        ToolDescription description = offered().get(0).description();
        assertEquals("find", description.name());
        assertEquals("Search", description.title());
        assertEquals("Finds.", description.description());
        assertEquals(
                "{\"type\":\"object\",\"properties\":{\"what\":{\"type\":\"string\"}},\"required\":[\"what\"]}",
                description.schema().toString());
        assertFalse(description.confirm());
        assertEquals(
                "{\"output\":\"found it\",\"omitted\":[\"image\"]}", call("it").toString());
    }

    @Test
    void a_list_without_end_is_an_end_of_the_looking() {
        first.withoutEnd().offers(FIND);
        begin("one=" + first.url());
        assertEquals(List.of(), names());
        assertEquals(64, first.requests("tools/list").size());
    }

    @Test
    void a_tool_with_a_monstrous_schema_is_left_out_and_that_is_told() {
        String wide = "\"what\":{\"type\":\"string\",\"description\":\"" + "é".repeat(9000) + "\"}";
        first.offers("[" + tool("small", "\"what\":{\"type\":\"string\"}") + "," + tool("wide", wide) + ","
                + tool("told at length", "").replace("Finds.", "x".repeat(17_000)) + "]");
        List<String> told = logged(() -> begin("one=" + first.url()));
        assertEquals(List.of("small"), names());
        assertEquals(
                List.of(
                        "The MCP server one offers [small]; left out: wide (its description and schema have 18080 bytes,"
                                + " but only 16384 are allowed), told at length (its description and schema have 17033 bytes,"
                                + " but only 16384 are allowed)"),
                told);
        time.advance(Duration.ofMinutes(5));
        assertEquals(List.of(), logged(threads::runAll), "once");
    }

    @Test
    void of_very_many_tools_the_first_are_offered() {
        first.offers(IntStream.rangeClosed(1, 140)
                .mapToObj(number -> tool("t" + number, ""))
                .collect(Collectors.joining(",", "[", "]")));
        List<String> told = logged(() -> begin("one=" + first.url()));
        assertEquals(128, names().size());
        assertTrue(
                told.get(0).contains("t129 (only 128 tools of one server are offered)")
                        && told.get(0).endsWith(" and 2 more"),
                () -> told.get(0));
    }

    private static String tool(String name, String properties) {
        return "{\"name\":\"" + name + "\",\"description\":\"Finds.\",\"inputSchema\":"
                + "{\"type\":\"object\",\"properties\":{" + properties + "}}}";
    }

    private static List<String> logged(Runnable action) {
        List<String> told = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                told.add(line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger log = Logger.getLogger(McpServer.class.getName());
        log.addHandler(handler);
        try {
            action.run();
        } finally {
            log.removeHandler(handler);
        }
        return told;
    }

    @Test
    void structured_results_are_passed_on_and_events_are_understood() throws Exception {
        first.withEvents()
                .offers(FIND)
                .answers("find", arguments -> "{\"content\":[],\"structuredContent\":{\"n\":[1,2.5,null,true]}}");
        begin("one=" + first.url());
        assertEquals("{\"n\":[1,2.5,null,true]}", call("it").toString());
    }

    @Test
    void failures_there_are_told_to_the_model() {
        first.offers(FIND)
                .answers(
                        "find",
                        arguments -> "{\"isError\":true,\"content\":[{\"type\":\"text\",\"text\":\"No luck.\"}]}");
        begin("one=" + first.url());
        assertEquals(
                "No luck.", assertThrows(ToolException.class, () -> call("it")).getMessage());
    }

    @Test
    void a_call_that_is_refused_there_is_told_to_the_model() {
        first.offers(FIND);
        begin("one=" + first.url());
        String message = assertThrows(ToolException.class, () -> call("it")).getMessage();
        assertTrue(message.contains("refused the call") && message.contains("Unknown tool"), message);
    }

    @Test
    void a_name_that_clashes_gets_the_servers_name_and_the_secret_goes_to_its_server_only() {
        try (ScriptedMcpServer second = ScriptedMcpServer.start()) {
            first.offers(FIND);
            second.offers(FIND.replace("find", "fi/nd").replace("\"fi/nd\"", "\"find\""));
            settings.put("parley.tools.mcp-authorization", "two=Bearer s3cret");
            settings.put("parley.tools.mcp-confirm", "two");
            begin("one=" + first.url() + ", two=" + second.url());
            assertEquals(List.of("find", "two_find"), names());
            assertEquals(List.of(), first.authorizations());
            assertEquals(Set.of("Bearer s3cret"), Set.copyOf(second.authorizations()));
            assertFalse(offered().get(0).description().confirm());
            assertTrue(offered().get(1).description().confirm());
        }
    }

    @Test
    void names_are_made_ones_that_the_live_api_takes() {
        first.offers(
                "[{\"name\":\"a/b c\",\"inputSchema\":{}},{\"name\":\"1st\",\"inputSchema\":{\"type\":\"object\"}}]");
        begin("one=" + first.url());
        assertEquals(List.of("a_b_c"), names());
        assertEquals(
                "{\"type\":\"object\"}", offered().get(0).description().schema().toString());
    }

    @Test
    void a_server_that_cannot_be_reached_stops_nobody_and_is_tried_again() {
        int port = first.port();
        first.close();
        try (ScriptedMcpServer second = ScriptedMcpServer.start()) {
            second.offers(FIND);
            begin("one=" + first.url() + ",two=" + second.url());
            assertEquals(List.of("find"), names());
            try (ScriptedMcpServer back = ScriptedMcpServer.start(port)) {
                back.offers(FIND.replace("\"find\"", "\"seek\""));
                time.advance(Duration.ofSeconds(9));
                threads.runAll();
                assertEquals(List.of("find"), names());
                time.advance(Duration.ofSeconds(1));
                threads.runAll();
                assertEquals(List.of("seek", "find"), names());
            }
        }
    }

    @Test
    void a_server_that_goes_away_has_no_tools_until_it_is_back_and_new_ones_are_seen() {
        first.offers(FIND);
        begin("one=" + first.url());
        assertEquals(List.of("find"), names());
        first.offers("[]");
        time.advance(Duration.ofMinutes(5));
        threads.runAll();
        assertEquals(List.of(), names());
        first.offers(FIND);
        time.advance(Duration.ofMinutes(5));
        threads.runAll();
        assertEquals(List.of("find"), names());
        first.refuseWith(500);
        time.advance(Duration.ofMinutes(5));
        threads.runAll();
        assertEquals(List.of(), names());
        first.refuseWith(0);
        time.advance(Duration.ofSeconds(10));
        threads.runAll();
        assertEquals(List.of("find"), names());
    }

    @Test
    void nonsense_is_refused_without_showing_secrets() {
        refuse("one");
        refuse("one=nowhere");
        refuse("one=https://user:pw@host/mcp");
        refuse("one=http://h/mcp,one=http://i/mcp");
        refuse("o n e=http://h/mcp");
        settings.put("parley.tools.mcp-authorization", "other=Bearer s3cret");
        refuse("one=http://h/mcp");
        settings.put("parley.tools.mcp-authorization", "one=s3cret\nX: y");
        refuse("one=http://h/mcp");
        settings.clear();
        settings.put("parley.tools.mcp-confirm", "other");
        refuse("one=http://h/mcp");
    }

    private void refuse(String list) {
        settings.put("parley.tools.mcp", list);
        SettingException refused = assertThrows(
                SettingException.class,
                () -> McpSettings.read(new SettingsReader(name -> Optional.ofNullable(settings.get(name)))));
        assertFalse(String.valueOf(refused.getMessage()).contains("s3cret"), refused::getMessage);
        assertFalse(String.valueOf(refused.getMessage()).contains("pw"), refused::getMessage);
    }

    @Test
    void without_servers_nothing_is_done() {
        begin("");
        assertEquals(List.of(), names());
        assertEquals(0, time.pending());
    }
}
