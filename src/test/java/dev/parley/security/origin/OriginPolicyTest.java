package dev.parley.security.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.shared.settings.SettingException;
import dev.parley.shared.settings.SettingsReader;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginPolicyTest {
    private static OriginPolicy policy(String origins) {
        return OriginPolicy.read(new SettingsReader(name -> Optional.of(origins)));
    }

    private static boolean allows(OriginPolicy policy, @Nullable String origin, @Nullable String host) {
        return policy.check(origin, host) == OriginPolicy.Verdict.ALLOWED;
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080, localhost:8080, true",
        "http://LOCALHOST:8080, localhost:8080, true",
        "https://parley.example, parley.example, true",
        "https://parley.example, parley.example:443, true",
        "https://parley.example:8443, parley.example:8443, true",
        "http://192.168.1.20:8080, 192.168.1.20:8080, true",
        "http://192.168.1.20, 192.168.1.20:80, true",
        "https://parley.example:443, parley.example, true",
        "http://[::1]:8080, [::1]:8080, true",
        "http://127.0.0.1, 127.0.0.1:8080, false",
        "https://parley.example, parley.example:8443, false",
        "http://localhost:8080, , false",
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
        assertEquals(allowed, allows(policy(""), origin, host));
    }

    /** DNS rebinding: whoever owns a name may let it lead here, and their page's origin is then "the same". */
    @ParameterizedTest
    @CsvSource({
        "http://evil.example:8080, evil.example:8080, UNPROVEN_NAME",
        "http://evil.example, evil.example, UNPROVEN_NAME",
        "http://evil.example, evil.example:80, UNPROVEN_NAME",
        "http://parley:8080, parley:8080, UNPROVEN_NAME",
        "http://localhost.evil.example, localhost.evil.example, UNPROVEN_NAME",
        "http://notlocalhost:8080, notlocalhost:8080, UNPROVEN_NAME",
        "http://127.0.0.1.evil.example, 127.0.0.1.evil.example, UNPROVEN_NAME",
        "https://evil.example, evil.example, ALLOWED", // a certificate for that name has been shown
        "http://app.localhost:8080, app.localhost:8080, ALLOWED",
        "http://[fe80::1]:8080, [fe80::1]:8080, ALLOWED",
        "http://evil.example:8080, localhost:8080, FOREIGN",
        "http://evil.example:8080, , FOREIGN",
    })
    void without_tls_a_name_proves_nothing(String origin, String host, OriginPolicy.Verdict verdict) {
        assertEquals(verdict, policy("").check(origin, host));
    }

    @Test
    void a_name_without_tls_is_allowed_when_the_operator_says_so() {
        OriginPolicy policy = policy("http://parley.lan:8080");
        assertTrue(allows(policy, "http://parley.lan:8080", "parley.lan:8080"));
        assertEquals(OriginPolicy.Verdict.UNPROVEN_NAME, policy.check("http://evil.example:8080", "evil.example:8080"));
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
        assertEquals(allowed, allows(policy, origin, "parley.example"));
    }

    @Test
    void a_client_without_an_origin_is_no_browser() {
        assertTrue(allows(policy(""), null, "parley.example"));
    }

    @Test
    void a_star_allows_all() {
        assertTrue(allows(policy("*"), "https://anywhere.example", "parley.example"));
    }

    @Test
    void nonsense_stops_deployment_with_its_name() {
        SettingException refusal = assertThrows(SettingException.class, () -> policy("app.example"));
        assertTrue(refusal.toString().contains("parley.security.allowed-origins"));
        assertTrue(refusal.toString().contains("app.example"));
    }
}
