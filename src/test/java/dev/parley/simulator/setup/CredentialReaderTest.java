package dev.parley.simulator.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.shared.settings.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CredentialReaderTest {
    @Test
    void every_form_of_google_s_sdks_is_understood() {
        assertEquals("k1", read(Map.of(), "alt=x&key=k1", false));
        assertEquals("k2", read(Map.of("X-Goog-Api-Key", List.of("k2")), null, false));
        assertEquals("oauth", read(Map.of("authorization", List.of("Bearer oauth")), null, false));
        assertEquals("auth_tokens/t", read(Map.of("Authorization", List.of("Token auth_tokens/t")), "", true));
        assertEquals("auth_tokens/t", read(Map.of(), "access_token=auth_tokens%2Ft", true));
        assertEquals("none", read(Map.of(), "key=", false));
        assertEquals("none", read(Map.of(), "key=%zz&monkey=1", false));
    }

    @Test
    void where_several_came_the_one_that_fits_the_method_counts() {
        Map<String, List<String>> both =
                Map.of("x-goog-api-key", List.of("key"), "authorization", List.of("Token auth_tokens/t"));
        assertEquals("auth_tokens/t", read(both, null, true));
        assertEquals("key", read(both, null, false));
    }

    @Test
    void vertex_takes_a_bearer_token_or_the_key_of_its_express_mode_and_nothing_else() {
        assertEquals("oauth", token("authorization", "bearer oauth"));
        assertEquals("key", token("X-Goog-Api-Key", "key"));
        assertEquals("none", token("Authorization", "Token auth_tokens/t"));
        assertEquals("none", token("Authorization", "Bearer "));
    }

    private static String token(String header, String value) {
        return CredentialReader.readToken(Map.of(header, List.of(value)))
                .map(Secret::reveal)
                .orElse("none");
    }

    @Test
    void a_token_is_good_until_the_end_that_it_names() {
        Instant now = Instant.ofEpochSecond(1_800_000_000);
        assertTrue(Handshake.isGoodToken(Optional.of(new Secret("ya29.x")), now));
        assertTrue(Handshake.isGoodToken(Optional.of(new Secret("ya29.x~until~1800000001")), now));
        assertFalse(Handshake.isGoodToken(Optional.of(new Secret("ya29.x~until~1800000000")), now));
        assertFalse(Handshake.isGoodToken(Optional.of(new Secret("invalid")), now));
        assertFalse(Handshake.isGoodToken(Optional.empty(), now));
    }

    private static String read(Map<String, List<String>> headers, @Nullable String query, boolean constrained) {
        Optional<Secret> found = CredentialReader.read(headers, query, constrained);
        return found.map(Secret::reveal).orElse("none");
    }
}
