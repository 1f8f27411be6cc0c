package dev.parley.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parley.shared.settings.SettingException;
import dev.parley.shared.settings.SettingsReader;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdminRuleTest {
    private static final String TOKEN = "0123456789abcdef";
    private final AdminRule rule = new AdminRule(settings(TOKEN));

    private static OperationsSettings settings(String token) {
        return new OperationsSettings(
                new SettingsReader(name -> Optional.of(name.endsWith("admin-token") ? token : "")));
    }

    /** Only what the rule asks for. */
    private static HttpServletRequest request(String peer, Map<String, String> headers, String role) {
        Principal somebody = () -> "grace";
        return (HttpServletRequest) Proxy.newProxyInstance(
                AdminRuleTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getRemoteAddr" -> peer;
                    case "getHeader" -> headers.get(arguments[0]);
                    case "isUserInRole" -> role.equals(arguments[0]);
                    case "getUserPrincipal" -> role.isEmpty() ? null : somebody;
                    default -> throw new AssertionError(method);
                });
    }

    private boolean allows(String peer, Map<String, String> headers) {
        return rule.operator(request(peer, headers, "")).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, localhost, true",
        "127.0.0.1, localhost:8080, true",
        "127.0.0.1, 127.0.0.1:8080, true",
        "0:0:0:0:0:0:0:1, '[::1]:8080', true",
        "127.0.0.1, rebound.example, false",
        "127.0.0.1, localhost.example, false",
        "127.0.0.1, '', false",
        "192.0.2.1, localhost, false",
        "127.0.0.1.example, localhost, false"
    })
    void who_sits_at_the_server_may_if_no_name_server_had_a_say(String peer, String host, boolean may) {
        assertEquals(may, allows(peer, host.isEmpty() ? Map.of() : Map.of("Host", host)));
    }

    @ParameterizedTest
    @CsvSource({"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via"})
    void a_proxy_at_the_server_does_not_make_its_people_operators(String header) {
        assertEquals(false, allows("127.0.0.1", Map.of("Host", "localhost", header, "127.0.0.1")));
    }

    @ParameterizedTest
    @CsvSource({
        "Bearer 0123456789abcdef, true",
        "bearer 0123456789abcdef, true",
        "Bearer 0123456789abcdeF, false",
        "Bearer 0123456789abcdef0, false",
        "'Bearer ', false",
        "Basic 0123456789abcdef, false"
    })
    void who_shows_the_token_may(String authorization, boolean may) {
        assertEquals(may, allows("192.0.2.1", Map.of("Authorization", authorization)));
    }

    @Test
    void who_signed_in_as_an_operator_may_by_name() {
        assertEquals(Optional.of("grace"), rule.operator(request("192.0.2.1", Map.of(), "admin")));
        assertEquals(Optional.empty(), rule.operator(request("192.0.2.1", Map.of(), "talk")));
    }

    @Test
    void a_token_that_could_be_guessed_is_refused_without_being_shown() {
        SettingException refused = assertThrows(SettingException.class, () -> settings("secret"));
        assertEquals(false, String.valueOf(refused.getMessage()).contains("\"secret\""));
    }
}
