package dev.parley.operations.diagnostics.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.testkit.ScriptedRestServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DiagnoseTest {
    private final ScriptedRestServer server = ScriptedRestServer.start();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @AfterEach
    void close() {
        server.close();
    }

    private int run(Map<String, String> environment, String... arguments) {
        return Diagnose.run(arguments, environment, new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @Test
    void steps_are_printed_and_the_last_line_decides() {
        server.script(answer -> answer.send(200, "text/plain", "passed 1 ms Name found\nPASSED after 2 ms\n"));
        assertEquals(Diagnose.WELL, run(Map.of(), "text", server.address() + "/"));
        assertTrue(printed.toString(StandardCharsets.UTF_8).contains("Name found"));
        server.script(answer -> answer.send(200, "text/plain", "FAILED after 2 ms\n"));
        assertEquals(Diagnose.FAULT, run(Map.of(), "live", server.address().toString()));
        assertEquals("/api/admin/diagnostics/live", server.requests().get(1).target());
        assertEquals("application/json", server.requests().get(1).header("Content-Type"));
    }

    @Test
    void the_token_comes_from_the_environment_and_a_refusal_says_what_to_do() {
        server.script(answer -> answer.json(401, "{}"));
        int code = run(
                Map.of("PARLEY_OPERATIONS_ADMIN_TOKEN", "secret"),
                "audio",
                server.address().toString());
        assertEquals(Diagnose.NOT_ASKED, code);
        assertEquals("Bearer secret", server.requests().get(0).header("Authorization"));
        assertTrue(printed.toString(StandardCharsets.UTF_8).contains("PARLEY_OPERATIONS_ADMIN_TOKEN"));
    }

    @Test
    void who_asks_wrongly_is_told_how() {
        assertEquals(Diagnose.NOT_ASKED, run(Map.of(), "everything"));
        assertEquals(Diagnose.NOT_ASKED, run(Map.of(), "text", "no address"));
        assertEquals(Diagnose.NOT_ASKED, run(Map.of()));
        assertTrue(printed.toString(StandardCharsets.UTF_8).contains("Usage"));
    }

    @Test
    void a_server_that_does_not_answer() {
        String nowhere = server.address().toString();
        server.close();
        assertEquals(Diagnose.NOT_ASKED, run(Map.of(), "text", nowhere));
        assertTrue(printed.toString(StandardCharsets.UTF_8).contains("Is it running"));
    }
}
