package dev.parley.security.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.security.gate.GateRig.Ask;
import dev.parley.testkit.ManualTime;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who operates a server that nobody signs in to. */
class OperatorsDoorTest {
    private static final String TOKEN = "0123456789abcdef";

    private final GateRig gate = new GateRig(Map.of("parley.operations.admin-token", TOKEN), new ManualTime());

    private boolean lets(Ask ask) {
        return gate.send(ask).isThrough();
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
        assertEquals(may, lets(Ask.get("/api/admin/keys").from(peer).with("Host", host)));
    }

    @ParameterizedTest
    @CsvSource({"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via"})
    void a_proxy_at_the_server_does_not_make_its_people_operators(String header) {
        assertEquals(
                false,
                lets(Ask.get("/api/admin/keys")
                        .from("127.0.0.1")
                        .with("Host", "localhost")
                        .with(header, "127.0.0.1")));
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
        assertEquals(may, lets(Ask.get("/api/admin/keys").from("192.0.2.1").with("Authorization", authorization)));
    }
}
