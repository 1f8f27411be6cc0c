package dev.parley.simulator.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.shared.settings.Secret;
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

    private static String read(Map<String, List<String>> headers, @Nullable String query, boolean constrained) {
        Optional<Secret> found = CredentialReader.read(headers, query, constrained);
        return found.map(Secret::reveal).orElse("none");
    }
}
