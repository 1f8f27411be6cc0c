package dev.parley.security.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.shared.settings.SettingsReader;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who sent a request, by its connection and by what trusted proxies say. */
class PeersTest {
    private static final Peers DIRECT = peers("");
    private static final Peers PROXIED = peers("10.0.0.0/8, 192.0.2.1, fd00::/8");

    private static Peers peers(String proxies) {
        return Peers.read(new SettingsReader(
                name -> name.equals("parley.security.trusted-proxies") ? Optional.of(proxies) : Optional.empty()));
    }

    private static Peer of(Peers peers, String remote, Map<String, String> headers) {
        HttpServletRequest request = (HttpServletRequest) Proxy.newProxyInstance(
                PeersTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, called, arguments) -> switch (called.getName()) {
                    case "getRemoteAddr" -> remote;
                    case "isSecure" -> false;
                    case "getProtocol" -> headers.getOrDefault("protocol", "HTTP/1.1");
                    case "getHeaderNames" -> Collections.enumeration(headers.keySet());
                    case "getHeader" -> headers.get((String) arguments[0]);
                    case "getHeaders" ->
                        Collections.enumeration(Optional.ofNullable(headers.get((String) arguments[0]))
                                .map(List::of)
                                .orElse(List.of()));
                    default -> throw new UnsupportedOperationException(called.toString());
                });
        return peers.of(request);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.7 | 198.51.100.1 | 203.0.113.7",
                "10.1.2.3 | 198.51.100.1 | 198.51.100.1",
                "10.1.2.3 | 6.6.6.6, 198.51.100.1 | 198.51.100.1",
                "10.1.2.3 | 198.51.100.1, 192.0.2.1 | 198.51.100.1",
                "10.1.2.3 | 10.9.9.9, 192.0.2.1 | 10.9.9.9",
                "10.1.2.3 | unknown | 10.1.2.3",
                "10.1.2.3 | 198.51.100.1, evil.example | 10.1.2.3",
                "fd00:0:0:0:0:0:0:1 | 2001:db8::1 | 2001:db8:0:0:0:0:0:1",
                "11.0.0.1 | 198.51.100.1 | 11.0.0.1"
            })
    void only_trusted_proxies_speak_for_others(String remote, String forwarded, String expected) {
        assertEquals(
                expected,
                of(PROXIED, remote, Map.of("X-Forwarded-For", forwarded)).address());
        assertEquals(
                of(DIRECT, remote, Map.of()).address(),
                of(DIRECT, remote, Map.of("X-Forwarded-For", forwarded)).address());
    }

    @Test
    void tls_is_what_the_trusted_proxy_says() {
        Map<String, String> https = Map.of("X-Forwarded-Proto", "https");
        assertTrue(of(PROXIED, "10.1.2.3", https).secure());
        assertFalse(of(PROXIED, "203.0.113.7", https).secure());
        assertFalse(of(DIRECT, "10.1.2.3", https).secure());
    }

    @Test
    void this_machine_is_a_loopback_address_without_anybody_between() {
        assertTrue(of(DIRECT, "127.0.0.1", Map.of()).ownMachine());
        assertTrue(of(DIRECT, "127.8.9.10", Map.of()).ownMachine());
        assertTrue(of(DIRECT, "0:0:0:0:0:0:0:1", Map.of()).ownMachine());
        assertTrue(of(DIRECT, "::1%lo", Map.of()).ownMachine());
        assertFalse(of(DIRECT, "203.0.113.7", Map.of()).ownMachine());
        assertFalse(of(DIRECT, "127.0.0.1", Map.of("protocol", "HTTP/1.0")).ownMachine(), "as a proxy speaks");
        for (String header : List.of("X-Forwarded-For", "X-Forwarded-Proto", "Forwarded", "X-Real-IP", "Via")) {
            assertFalse(of(DIRECT, "127.0.0.1", Map.of(header, "127.0.0.1")).ownMachine(), header);
        }
    }

    @Test
    void one_household_is_counted_once() {
        assertEquals(
                of(DIRECT, "2001:db8:1:2:3:4:5:6", Map.of()).countedAs(),
                of(DIRECT, "2001:db8:1:2:aaaa::1", Map.of()).countedAs());
        assertEquals("203.0.113.7", of(DIRECT, "203.0.113.7", Map.of()).countedAs());
        assertEquals("unknown", of(DIRECT, "a.socket", Map.of()).countedAs());
    }
}
