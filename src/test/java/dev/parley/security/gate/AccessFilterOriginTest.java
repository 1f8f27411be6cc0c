package dev.parley.security.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.security.gate.GateRig.Ask;
import dev.parley.security.gate.GateRig.Outcome;
import dev.parley.shared.settings.SettingException;
import dev.parley.testkit.ManualTime;
import jakarta.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused because of the page that asks, and what a refused one hears. */
class AccessFilterOriginTest {
    private static final String FOREIGN = "https://evil.example";
    private static final String OWN = "https://parley.example";

    private final GateRig gate = gate(Map.of());

    private static GateRig gate(Map<String, String> settings) {
        return new GateRig(settings, new ManualTime());
    }

    private static Ask upgrade(String path, String origin) {
        return Ask.upgrade(path).with("Origin", origin);
    }

    private static Ask post(String path, String origin) {
        return Ask.of("POST", path).with("Origin", origin);
    }

    @Test
    void a_foreign_page_opens_no_conversation() {
        Outcome outcome = gate.send(upgrade("/ws/audio-live", FOREIGN));
        assertEquals(403, outcome.status());
        assertTrue(outcome.header("Content-Type").startsWith("text/plain"));
        assertTrue(outcome.body().contains("parley.security.allowed-origins"), outcome::body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/ws;a/audio-live", "/ws/google.ai.generativelanguage.v1beta/..;/audio-live", "//ws/audio-live"})
    void a_socket_is_not_reached_by_another_spelling(String path) {
        assertEquals(404, gate.send(upgrade(path, FOREIGN)).status());
        assertEquals(404, gate.send(upgrade(path, OWN)).status());
    }

    @Test
    void either_header_of_an_upgrade_makes_it_one() {
        for (String header : new String[] {"Upgrade", "Sec-WebSocket-Key"}) {
            Ask ask = Ask.get("/ws/audio-live").with(header, "x").with("Origin", FOREIGN);
            assertEquals(403, gate.send(ask).status(), header);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "ANYTHING"})
    void a_foreign_page_changes_nothing(String method) {
        Outcome outcome = gate.send(Ask.of(method, "/audio-stream").with("Origin", FOREIGN));
        assertEquals(403, outcome.status());
        assertEquals("application/problem+json;charset=UTF-8", outcome.header("Content-Type"));
        assertEquals("close", outcome.header("Connection"));
        JsonObject problem = outcome.json();
        assertEquals(403, problem.getInt("status"));
        assertEquals(4403, problem.getInt("code"));
        assertFalse(problem.getBoolean("retryable"));
        assertTrue(problem.getString("detail").contains(FOREIGN), outcome::body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "TRACE"})
    void a_mere_question_is_answered_to_anybody(String method) {
        assertTrue(
                gate.send(Ask.of(method, "/api/models").with("Origin", FOREIGN)).isThrough());
    }

    @Test
    void the_own_page_and_programs_are_let_through() {
        assertTrue(gate.send(post("/audio-stream", OWN)).isThrough());
        assertTrue(gate.send(upgrade("/ws/audio-live", OWN)).isThrough());
        assertTrue(gate.send(Ask.of("POST", "/audio-stream")).isThrough());
    }

    @ParameterizedTest
    @CsvSource({
        "/v1beta/models/gemini-3.8-flash:generateContent, true",
        "/v1alpha/files, true",
        "/v1/models, true",
        "/upload/v1beta/files, true",
        "/v2/files, false",
        "/v1beta, false",
        "/x/v1beta/files, false",
        "/audio-stream/v1beta/files, false",
        "/upload/audio-stream, false"
    })
    void the_simulators_rest_answers_any_page_and_nothing_else_does(String path, boolean passes) {
        assertEquals(passes, gate.send(post(path, FOREIGN)).isThrough());
    }

    @ParameterizedTest
    @CsvSource({
        "/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent, true",
        "//ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent, true",
        "/some/prefix/ws/google.ai.generativelanguage.v1beta.GenerativeService/BidiGenerateContent, true",
        "/ws/google, false",
        "/ws/google.ai/../audio-live, false",
        "/ws/google.ai%2f..%2faudio-live, false",
        "/ws/google.ai;x/audio-live, false",
        "/ws/google.ai/a/b, false",
        "/api/admin/ws/google.ai, false",
        "//api//admin/ws/google.ai, false"
    })
    void the_simulators_socket_answers_any_page_by_its_plain_path_only(String path, boolean passes) {
        assertEquals(passes, gate.send(upgrade(path, FOREIGN)).isThrough());
    }

    @Test
    void a_configured_origin_is_let_through() {
        GateRig open = gate(Map.of("parley.security.allowed-origins", "https://partner.example"));
        assertTrue(open.send(post("/audio-stream", "https://partner.example")).isThrough());
        assertFalse(open.send(post("/audio-stream", FOREIGN)).isThrough());
    }

    @Test
    void nonsense_in_the_setting_stops_the_deployment() {
        assertThrows(SettingException.class, () -> gate(Map.of("parley.security.allowed-origins", "everyone")));
    }
}
