package dev.parley.security.header;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.security.gate.GateRig;
import dev.parley.security.gate.GateRig.Ask;
import dev.parley.testkit.ManualTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What browsers are told with every answer. */
class SecurityHeadersTest {
    private static Map<String, String> headers(Map<String, String> settings, Ask ask) {
        return new GateRig(settings, new ManualTime()).send(ask).headers();
    }

    private static String policy(Map<String, String> settings, Ask ask) {
        return headers(settings, ask).getOrDefault("Content-Security-Policy", "");
    }

    @Test
    void every_answer_has_them_whoever_is_answered() {
        for (Ask ask : List.of(
                Ask.get("/"),
                Ask.get("/nothing"),
                Ask.get("/api/admin/keys"),
                Ask.upgrade("/ws/audio-live"),
                Ask.get("/v1beta/models"),
                Ask.get("/health"))) {
            Map<String, String> headers = headers(Map.of(), ask);
            assertEquals("nosniff", headers.get("X-Content-Type-Options"));
            assertEquals("no-referrer", headers.get("Referrer-Policy"));
            assertEquals("same-origin", headers.get("Cross-Origin-Opener-Policy"));
            assertEquals("same-origin", headers.get("Cross-Origin-Resource-Policy"));
            assertEquals("DENY", headers.get("X-Frame-Options"));
            assertTrue(headers.getOrDefault("Permissions-Policy", "").contains("microphone=(self)"));
            assertTrue(headers.getOrDefault("Content-Security-Policy", "").contains("object-src 'none'"));
        }
    }

    @Test
    void nothing_within_a_page_runs_and_nothing_comes_from_elsewhere() {
        String policy = policy(Map.of(), Ask.get("/"));
        assertFalse(policy.contains("unsafe"), policy);
        assertTrue(policy.startsWith("default-src 'none'; script-src 'self';"), policy);
        assertTrue(policy.contains("connect-src 'self' ws://parley.example wss://parley.example;"), policy);
        assertTrue(policy.contains("base-uri 'none'"), policy);
        assertTrue(policy.endsWith("frame-ancestors 'none'"), policy);
    }

    @Test
    void what_a_client_writes_gets_no_further_than_its_host() {
        String policy = policy(Map.of(), Ask.get("/").with("Host", "x; script-src *"));
        assertFalse(policy.contains("*"), policy);
        assertTrue(policy(Map.of(), Ask.get("/").with("Host", "[2001:db8::1]:8080"))
                .contains("ws://[2001:db8::1]:8080"));
    }

    @Test
    void pages_around_it_are_those_that_are_configured() {
        Map<String, String> settings = Map.of("parley.security.frame-ancestors", "https://Intranet.example");
        assertTrue(policy(settings, Ask.get("/")).endsWith("frame-ancestors 'self' https://intranet.example"));
        assertFalse(headers(settings, Ask.get("/")).containsKey("X-Frame-Options"));
    }

    @Test
    void only_those_who_came_by_https_are_told_to_stay_there() {
        assertFalse(headers(Map.of(), Ask.get("/")).containsKey("Strict-Transport-Security"));
        assertEquals(
                "max-age=31536000", headers(Map.of(), Ask.get("/").secure()).get("Strict-Transport-Security"));
    }
}
