package dev.parley.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.shared.settings.SettingException;
import dev.parley.shared.settings.SettingsReader;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginPolicyTest {
    private static OriginPolicy policy(String origins) {
        return OriginPolicy.read(new SettingsReader(name -> Optional.of(origins)));
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080, localhost:8080, true",
        "http://LOCALHOST:8080, localhost:8080, true",
        "https://parley.example, parley.example, true",
        "https://parley.example, parley.example:443, true",
        "http://parley.example, parley.example:80, true",
        "https://parley.example:443, parley.example, true",
        "http://[::1]:8080, [::1]:8080, true",
        "http://parley.example, parley.example:8080, false",
        "https://evil.example, parley.example, false",
        "https://parley.example.evil.example, parley.example, false",
        "https://parley.example@evil.example, parley.example, false",
        "https://parley.example/path, parley.example, false",
        "file://parley.example, parley.example, false",
        "null, parley.example, false",
        "'', parley.example, false",
        "http://, parley.example, false",
    })
    void by_default_only_the_same_host_is_allowed(String origin, String host, boolean allowed) {
        assertEquals(allowed, policy("").allows(origin, host));
    }

    @ParameterizedTest
    @CsvSource({
        "https://app.example, true",
        "https://APP.example:443, true",
        "https://other.example:8443, true",
        "https://other.example, false",
        "http://app.example, false",
    })
    void configured_origins_are_allowed_exactly(String origin, boolean allowed) {
        OriginPolicy policy = policy("https://app.example/, https://other.example:8443");
        assertEquals(allowed, policy.allows(origin, "parley.example"));
    }

    @Test
    void a_client_without_an_origin_is_no_browser() {
        assertTrue(policy("").allows(null, "parley.example"));
    }

    @Test
    void a_star_allows_all() {
        assertTrue(policy("*").allows("https://anywhere.example", "parley.example"));
    }

    @Test
    void nonsense_stops_deployment_with_its_name() {
        SettingException refusal = assertThrows(SettingException.class, () -> policy("app.example"));
        assertTrue(refusal.toString().contains("parley.security.allowed-origins"));
        assertTrue(refusal.toString().contains("app.example"));
    }
}
