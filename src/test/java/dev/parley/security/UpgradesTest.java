package dev.parley.security;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What counts as a handshake. */
class UpgradesTest {
    private static HttpServletRequest request(String upgrades, String key) {
        List<String> all = upgrades.isEmpty() ? List.of() : Arrays.asList(upgrades.split("\\|", -1));
        return (HttpServletRequest) Proxy.newProxyInstance(
                UpgradesTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, called, arguments) -> switch (called.getName()) {
                    case "getHeader" -> key.isEmpty() ? null : key;
                    case "getHeaders" -> Collections.enumeration(all);
                    default -> throw new UnsupportedOperationException(called.toString());
                });
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', false",
        "h2c, '', false",
        "H2C, '', false",
        "websocket, '', true",
        "'h2c, websocket', '', true",
        "h2c|websocket, '', true",
        "h2c, dGhlIHNhbXBsZSBub25jZQ==, true",
        "'', dGhlIHNhbXBsZSBub25jZQ==, true"
    })
    void only_what_no_server_takes_for_a_handshake_is_none(String upgrades, String key, boolean asked) {
        assertEquals(asked, Upgrades.isAsked(request(upgrades, key)));
    }
}
