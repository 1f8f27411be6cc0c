package dev.parley.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.shared.settings.SettingsReader;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorAccessTest {
    private static OperatorAccess access(String token) {
        return new OperatorAccess(new SettingsReader(
                name -> name.equals("parley.operations.metrics-token") ? Optional.of(token) : Optional.empty()));
    }

    private static HttpServletRequest request(String peer, String host, Map<String, String> headers) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                OperatorAccessTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getRemoteAddr" -> peer;
                    case "getServerName" -> host;
                    case "isUserInRole" -> false;
                    case "getHeader" -> headers.get((String) arguments[0]);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, localhost, true",
        "127.0.0.1, 127.0.0.1, true",
        "::1, [::1], true",
        "0:0:0:0:0:0:0:1, localhost, true",
        "192.0.2.7, localhost, false",
        "127.0.0.1, evil.example, false",
        "10.0.0.1, parley.example, false"
    })
    void without_a_token_only_this_machine_by_its_own_names(String peer, String host, boolean given) {
        assertEquals(given, access("").isGiven(request(peer, host, Map.of())));
    }

    @ParameterizedTest
    @CsvSource({"Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"})
    void what_a_proxy_on_this_machine_passes_on_is_not_from_it(String header) {
        assertEquals(false, access("").isGiven(request("127.0.0.1", "localhost", Map.of(header, "192.0.2.7"))));
    }

    @ParameterizedTest
    @CsvSource({
        "Bearer t0ken, true",
        "bearer  t0ken, true",
        "Bearer t0kem, false",
        "Bearer, false",
        "'Bearer ', false",
        "Basic t0ken, false"
    })
    void a_token_opens_from_anywhere(String authorization, boolean given) {
        assertEquals(
                given,
                access("t0ken")
                        .isGiven(request("192.0.2.7", "parley.example", Map.of("Authorization", authorization))));
    }

    @ParameterizedTest
    @CsvSource({"''", "t0ken"})
    void a_wrong_token_closes_even_for_this_machine(String token) {
        assertEquals(
                false,
                access(token).isGiven(request("127.0.0.1", "localhost", Map.of("Authorization", "Bearer wrong"))));
    }
}
