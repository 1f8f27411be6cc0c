package dev.parley.simulator.door;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.simulator.protocol.ClientMessage.Dialect;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServicePathTest {
    private static final String GOOGLE = "google.ai.generativelanguage.";
    private static final String METHOD = ".GenerativeService.BidiGenerateContent";

    @ParameterizedTest
    @ValueSource(strings = {"/ws/", "//ws/", "/ws//", "/gw//ws/", "/a/b/ws/"})
    void google_s_paths_are_found_behind_any_prefix_and_with_doubled_slashes(String prefix) {
        assertEquals(
                Optional.of(new ServicePath("v1beta", Dialect.DEVELOPER, false)),
                ServicePath.in(prefix + GOOGLE + "v1beta" + METHOD));
        assertEquals(
                Optional.of(new ServicePath("v1alpha", Dialect.DEVELOPER, true)),
                ServicePath.in(prefix + GOOGLE + "v1alpha" + METHOD + "Constrained"));
        assertEquals(
                Optional.of(new ServicePath("v1beta1", Dialect.VERTEX, false)),
                ServicePath.in(prefix + "google.cloud.aiplatform.v1beta1.LlmBidiService/BidiGenerateContent"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ws/audio-live",
                "/ws/google.ai.generativelanguage.v2.GenerativeService.BidiGenerateContent",
                "/ws/google.ai.generativelanguage.v1.GenerativeService.BidiGenerateMusic",
                "/ws/googleXai.generativelanguage.v1.GenerativeService.BidiGenerateContent",
                "/google.ai.generativelanguage.v1.GenerativeService.BidiGenerateContent",
                "ws/google.ai.generativelanguage.v1.GenerativeService.BidiGenerateContent",
                "/ws/google.ai.generativelanguage.v1.GenerativeService.BidiGenerateContent/x",
                ""
            })
    void other_paths_are_not_taken(String path) {
        assertEquals(Optional.empty(), ServicePath.in(path));
    }

    @Test
    void the_local_address_is_a_uri_whatever_the_address_family() {
        assertEquals(
                "http://127.0.0.1:8080",
                LocalAddressFilter.base("http", "127.0.0.1", 8080, "").toString());
        assertEquals(
                "https://[0:0:0:0:0:0:0:1]:8443/parley",
                LocalAddressFilter.base("https", "0:0:0:0:0:0:0:1", 8443, "/parley")
                        .toString());
        assertEquals(
                "http://[fe80::1%25eth0]:80",
                LocalAddressFilter.base("http", "fe80::1%eth0", 80, "").toString());
    }
}
