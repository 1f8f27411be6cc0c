package dev.parley.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.shared.settings.SettingException;
import dev.parley.shared.settings.SettingsReader;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests are looked at, and what a refused one hears. */
class OriginFilterTest {
    private static final String FOREIGN = "https://evil.example";
    private static final String CONTEXT = "/parley";

    private final OriginFilter filter = filter(Map.of());

    /** What became of a request; status 0 when it was let through. */
    private record Outcome(
            int status, String type, String body, @Nullable String connection) {
        boolean passed() {
            return status == 0;
        }
    }

    private static OriginFilter filter(Map<String, String> settings) {
        return new OriginFilter(new SettingsReader(name -> Optional.ofNullable(settings.get(name))));
    }

    private static Outcome send(OriginFilter filter, String method, String path, Map<String, String> headers) {
        boolean[] passed = new boolean[1];
        Map<String, Object> set = new HashMap<>();
        StringWriter body = new StringWriter();
        FilterChain chain = (request, response) -> passed[0] = true;
        HttpServletRequest request =
                proxy(HttpServletRequest.class, (proxy, called, arguments) -> switch (called.getName()) {
                    case "getMethod" -> method;
                    case "getHeader" -> headers.get((String) arguments[0]);
                    case "getRequestURI" -> CONTEXT + path;
                    case "getContextPath" -> CONTEXT;
                    case "getServletPath" -> path;
                    case "getPathInfo" -> null;
                    default -> throw new UnsupportedOperationException(called.toString());
                });
        HttpServletResponse response =
                proxy(HttpServletResponse.class, (proxy, called, arguments) -> switch (called.getName()) {
                    case "setStatus" -> set.put("status", arguments[0]);
                    case "setContentType" -> set.put("type", arguments[0]);
                    case "setHeader" -> set.put((String) arguments[0], arguments[1]);
                    case "getWriter" -> new PrintWriter(body, true);
                    default -> throw new UnsupportedOperationException(called.toString());
                });
        try {
            filter.doFilter(request, response, chain);
        } catch (IOException | ServletException failure) {
            throw new AssertionError(failure);
        }
        assertEquals(passed[0], set.isEmpty(), "let through and answered, or neither");
        return passed[0]
                ? new Outcome(0, "", "", null)
                : new Outcome(
                        (int) set.getOrDefault("status", -1),
                        (String) set.getOrDefault("type", ""),
                        body.toString(),
                        (String) set.get("Connection"));
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, called, args) -> {
            Object answer = handler.invoke(proxy, called, args);
            return called.getReturnType() == void.class ? null : answer;
        }));
    }

    private static Map<String, String> upgrade(String origin) {
        return Map.of("Origin", origin, "Host", "parley.example", "Upgrade", "websocket", "Sec-WebSocket-Key", "a");
    }

    private static Map<String, String> from(String origin) {
        return Map.of("Origin", origin, "Host", "parley.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ws/audio-live",
                "/ws;a/audio-live",
                "/",
                "/ws/google.ai.generativelanguage.v1beta/..;/audio-live"
            })
    void a_foreign_page_opens_no_socket_wherever(String path) {
        Outcome outcome = send(filter, "GET", path, upgrade(FOREIGN));
        assertEquals(403, outcome.status());
        assertTrue(outcome.type().startsWith("text/plain"), outcome::type);
        assertTrue(outcome.body().contains("parley.security.allowed-origins"), outcome::body);
    }

    @Test
    void either_header_of_an_upgrade_makes_it_one() {
        for (String header : new String[] {"Upgrade", "Sec-WebSocket-Key"}) {
            Map<String, String> headers = Map.of("Origin", FOREIGN, "Host", "parley.example", header, "x");
            assertEquals(403, send(filter, "GET", "/ws/audio-live", headers).status(), header);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "ANYTHING"})
    void a_foreign_page_changes_nothing(String method) {
        Outcome outcome = send(filter, method, "/audio-stream", from(FOREIGN));
        assertEquals(403, outcome.status());
        assertEquals("application/problem+json;charset=UTF-8", outcome.type());
        assertEquals("close", outcome.connection());
        JsonObject problem = Json.createReader(new StringReader(outcome.body())).readObject();
        assertEquals(403, problem.getInt("status"));
        assertEquals(4403, problem.getInt("code"));
        assertFalse(problem.getBoolean("retryable"));
        assertTrue(problem.getString("detail").contains(FOREIGN), outcome::body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "TRACE"})
    void a_mere_question_is_answered_to_anybody(String method) {
        assertTrue(send(filter, method, "/api/models", from(FOREIGN)).passed());
    }

    @Test
    void the_own_page_and_programs_are_let_through() {
        assertTrue(send(filter, "POST", "/audio-stream", from("https://parley.example"))
                .passed());
        assertTrue(send(filter, "GET", "/ws/audio-live", upgrade("https://parley.example"))
                .passed());
        assertTrue(send(filter, "POST", "/audio-stream", Map.of("Host", "parley.example"))
                .passed());
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
        assertEquals(passes, send(filter, "POST", path, from(FOREIGN)).passed());
    }

    @ParameterizedTest
    @CsvSource({
        "/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent, true",
        "/some/prefix/ws/google.ai.generativelanguage.v1beta.GenerativeService/BidiGenerateContent, true",
        "/ws/google, false",
        "/ws/google.ai/../audio-live, false",
        "/ws/google.ai%2f..%2faudio-live, false",
        "/ws/google.ai;x/audio-live, false",
        "/ws/google.ai/a/b, false"
    })
    void the_simulators_socket_answers_any_page_by_its_plain_path_only(String path, boolean passes) {
        assertEquals(passes, send(filter, "GET", path, upgrade(FOREIGN)).passed());
    }

    @Test
    void a_configured_origin_is_let_through() {
        OriginFilter open = filter(Map.of("parley.security.allowed-origins", "https://partner.example"));
        assertTrue(send(open, "POST", "/audio-stream", from("https://partner.example"))
                .passed());
        assertFalse(send(open, "POST", "/audio-stream", from(FOREIGN)).passed());
    }

    @Test
    void nonsense_in_the_setting_stops_the_deployment() {
        assertThrows(SettingException.class, () -> filter(Map.of("parley.security.allowed-origins", "everyone")));
    }
}
