package dev.parley.security.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.security.SignedIn;
import dev.parley.security.gate.GateRig.Ask;
import dev.parley.security.gate.GateRig.Outcome;
import dev.parley.security.password.Passwords;
import dev.parley.shared.settings.SettingException;
import dev.parley.testkit.ManualTime;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who gets where, without sign-in and with the users of a file. */
class AccessFilterRolesTest {
    private static final String TOKEN = "a-token-that-nobody-guesses";

    @TempDir
    private static Path folder;

    private static Path users;

    private final ManualTime time = new ManualTime();
    private final GateRig open = new GateRig(Map.of(), time);
    private final GateRig basic = basic(Map.of());

    @BeforeAll
    static void writeUsers() throws IOException {
        users = folder.resolve("users");
        Files.writeString(
                users,
                String.join(
                        "\n",
                        Passwords.line("tess", "talk-secret", "talk"),
                        Passwords.line("otto", "admin-secret", "admin"),
                        Passwords.line("bea", "both-secret", "talk,admin,cashier"),
                        Passwords.line("nina", "none-secret", "")));
    }

    private GateRig basic(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("parley.security.mode", "basic");
        settings.put("parley.security.users-file", users.toString());
        return new GateRig(settings, time);
    }

    private static Ask as(String who, Ask ask) {
        return switch (who) {
            case "tess" -> ask.as("tess", "talk-secret");
            case "otto" -> ask.as("otto", "admin-secret");
            case "bea" -> ask.as("bea", "both-secret");
            case "nina" -> ask.as("nina", "none-secret");
            case "wrong" -> ask.as("tess", "admin-secret");
            case "unknown" -> ask.as("nobody", "talk-secret");
            case "garbled" -> ask.with("Authorization", "Basic !!!");
            default -> ask;
        };
    }

    /** 0: let through. */
    @ParameterizedTest
    @CsvSource({
        "/, 401, 0, 403, 0, 403",
        "/ws/audio-live, 401, 0, 403, 0, 403",
        "/audio-stream, 401, 0, 403, 0, 403",
        "/api/models, 401, 0, 403, 0, 403",
        "/api/tickets, 401, 0, 403, 0, 403",
        "/app/main.js, 401, 0, 0, 0, 403",
        "/api/admin/keys, 401, 403, 0, 0, 403",
        "/admin.html, 401, 403, 0, 0, 403",
        "/metrics, 401, 403, 0, 0, 403",
        "/health, 0, 0, 0, 0, 0",
        "/v1beta/models, 0, 0, 0, 0, 0",
        "/nothing, 404, 404, 404, 404, 404"
    })
    void the_users_of_a_file_get_as_far_as_their_roles(String path, int nobody, int tess, int otto, int bea, int nina) {
        assertEquals(nobody, basic.send(Ask.get(path)).status());
        assertEquals(tess, basic.send(as("tess", Ask.get(path))).status());
        assertEquals(otto, basic.send(as("otto", Ask.get(path))).status());
        assertEquals(bea, basic.send(as("bea", Ask.get(path))).status());
        assertEquals(nina, basic.send(as("nina", Ask.get(path))).status());
    }

    @ParameterizedTest
    @CsvSource({"wrong", "unknown", "garbled", "nobody"})
    void who_is_not_known_is_asked(String who) {
        Outcome outcome = basic.send(as(who, Ask.get("/")));
        assertEquals(401, outcome.status());
        assertEquals("Basic realm=\"Parley\", charset=\"UTF-8\"", outcome.header("WWW-Authenticate"));
        assertEquals(4401, outcome.json().getInt("code"));
    }

    @Test
    void the_application_knows_who_it_is() {
        HttpServletRequest request =
                basic.send(as("bea", Ask.upgrade("/ws/audio-live"))).through();
        assertEquals("bea", request.getRemoteUser());
        assertEquals(
                List.of("bea"),
                SignedIn.of(request.getUserPrincipal()).stream()
                        .map(SignedIn::name)
                        .toList());
        assertTrue(request.isUserInRole("talk"));
        assertTrue(request.isUserInRole("cashier"));
        assertFalse(request.isUserInRole("other"));
    }

    @Test
    void the_page_is_told_who_it_is() {
        Outcome outcome = basic.send(as("bea", Ask.get("/api/session")));
        assertEquals("bea", outcome.json().getString("name"));
        assertEquals("basic", outcome.json().getString("mode"));
        assertEquals(
                "[\"admin\",\"cashier\",\"talk\"]",
                outcome.json().getJsonArray("roles").toString());
        assertFalse(outcome.json().getBoolean("canSignOut"));
        Outcome anybody = open.send(Ask.get("/api/session"));
        assertFalse(anybody.json().containsKey("name"));
        assertEquals("[\"talk\"]", anybody.json().getJsonArray("roles").toString());
    }

    @Test
    void a_remembered_password_does_nothing_for_another_site() {
        assertEquals(
                403,
                basic.send(as("tess", Ask.of("POST", "/audio-stream")).with("Sec-Fetch-Site", "cross-site"))
                        .status());
        assertTrue(basic.send(as("tess", Ask.of("POST", "/audio-stream")).with("Sec-Fetch-Site", "same-origin"))
                .isThrough());
        assertTrue(basic.send(as("tess", Ask.get("/api/models")).with("Sec-Fetch-Site", "cross-site"))
                .isThrough());
    }

    @ParameterizedTest
    @CsvSource({
        "/, 0, 0",
        "/ws/audio-live, 0, 0",
        "/api/models, 0, 0",
        "/app/main.js, 0, 0",
        "/health, 0, 0",
        "/api/admin/keys, 403, 0",
        "/admin.html, 403, 0",
        "/metrics, 403, 0",
        "/nothing, 404, 404"
    })
    void without_sign_in_everybody_talks_and_this_machine_administers(String path, int anybody, int here) {
        assertEquals(anybody, open.send(Ask.get(path)).status());
        assertEquals(here, open.send(Ask.get(path).fromHere()).status());
    }

    @Test
    void nobody_passes_for_this_machine() {
        assertEquals(
                403,
                open.send(Ask.get("/api/admin/keys").fromHere().with("X-Forwarded-For", "127.0.0.1"))
                        .status());
        assertEquals(
                403,
                open.send(Ask.get("/api/admin/keys").fromHere().with("Via", "1.1 proxy"))
                        .status());
        assertEquals(
                403,
                open.send(Ask.get("/api/admin/keys").fromHere().with("Host", "rebound.example:8080"))
                        .status());
        assertEquals(
                403,
                open.send(Ask.get("/metrics").fromHere().with("Host", "rebound.example"))
                        .status());
        assertEquals(
                403,
                open.send(Ask.get("/api/admin/keys").with("Host", "localhost:8080"))
                        .status());
        assertTrue(open.send(Ask.get("/api/admin/keys").from("0:0:0:0:0:0:0:1").with("Host", "[::1]:8080"))
                .isThrough());
    }

    @Test
    void without_sign_in_a_token_administers_from_elsewhere() {
        GateRig gate = new GateRig(Map.of("parley.operations.admin-token", TOKEN), time);
        Ask ask = Ask.get("/api/admin/keys");
        assertEquals(401, gate.send(ask).status());
        assertEquals(
                401,
                gate.send(Ask.get("/api/admin/keys").with("Authorization", "Bearer wrong"))
                        .status());
        assertTrue(gate.send(Ask.get("/admin.html").as("anything", TOKEN)).isThrough());
        HttpServletRequest through = gate.send(Ask.get("/api/admin/keys").with("Authorization", "bearer " + TOKEN))
                .through();
        assertTrue(through.isUserInRole("admin"));
        assertEquals("operator", through.getRemoteUser());
        assertNull(gate.send(Ask.get("/")).through().getUserPrincipal());
        assertEquals(
                403,
                gate.send(Ask.of("POST", "/api/admin/keys").as("x", TOKEN).with("Sec-Fetch-Site", "cross-site"))
                        .status());
    }

    @Test
    void figures_are_for_whoever_collects_them() {
        GateRig gate = basic(Map.of("parley.operations.metrics-token", TOKEN));
        assertTrue(gate.send(Ask.get("/metrics").with("Authorization", "Bearer " + TOKEN))
                .isThrough());
        assertEquals(
                401,
                gate.send(Ask.get("/metrics").with("Authorization", "Bearer x" + TOKEN))
                        .status());
        assertEquals(
                401,
                gate.send(Ask.get("/api/admin").with("Authorization", "Bearer " + TOKEN))
                        .status());
        assertTrue(gate.send(Ask.get("/metrics").fromHere()).isThrough());
        assertEquals(401, gate.send(Ask.get("/api/admin").fromHere()).status());
    }

    @Test
    void too_many_requests_are_told_when_to_come_back() {
        GateRig gate = new GateRig(Map.of("parley.security.requests-per-minute-per-address", "6"), time);
        for (int i = 0; i < 6; i++) {
            assertTrue(gate.send(Ask.get("/")).isThrough());
        }
        Outcome refused = gate.send(Ask.get("/"));
        assertEquals(429, refused.status());
        assertEquals("10", refused.header("Retry-After"));
        assertEquals(4429, refused.json().getInt("code"));
        assertTrue(gate.send(Ask.get("/").from("203.0.113.8")).isThrough());
        time.advance(Duration.ofSeconds(10));
        assertTrue(gate.send(Ask.get("/")).isThrough());
    }

    @Test
    void one_caller_has_one_account_whatever_the_address() {
        GateRig gate = basic(Map.of("parley.security.requests-per-minute-per-caller", "2"));
        assertTrue(gate.send(as("tess", Ask.get("/"))).isThrough());
        assertTrue(gate.send(as("tess", Ask.get("/")).from("203.0.113.9")).isThrough());
        assertEquals(
                429, gate.send(as("tess", Ask.get("/")).from("203.0.113.10")).status());
        assertTrue(gate.send(as("bea", Ask.get("/"))).isThrough());
    }

    @ParameterizedTest
    @CsvSource({
        "parley.security.mode, closed",
        "parley.security.trusted-proxies, proxy.example",
        "parley.security.trusted-proxies, 10.0.0.0/33",
        "parley.security.frame-ancestors, everyone",
        "parley.operations.admin-token, short",
        "parley.operations.metrics-token, short",
        "parley.security.ticket-time, 2h",
        "parley.security.requests-per-minute-per-address, 0"
    })
    void a_wrong_setting_stops_the_deployment(String name, String value) {
        SettingException wrong = assertThrows(SettingException.class, () -> new GateRig(Map.of(name, value), time));
        assertTrue(String.valueOf(wrong.getMessage()).contains(name), wrong::getMessage);
        assertFalse(value.equals("short") && String.valueOf(wrong.getMessage()).contains("short"), "a token is shown");
    }

    @Test
    void an_open_server_with_an_account_is_warned_of_at_its_start_and_when_others_come() {
        Warnings heard = new Warnings();
        Logger log = Logger.getLogger(OpenWarning.class.getName());
        log.addHandler(heard);
        try {
            GateRig paid = new GateRig(Map.of("GEMINI_API_KEY", "k"), time);
            assertEquals(1, heard.count);
            paid.send(Ask.get("/").fromHere());
            assertEquals(1, heard.count);
            paid.send(Ask.get("/"));
            paid.send(Ask.get("/"));
            assertEquals(2, heard.count);
            basic(Map.of("GEMINI_API_KEY", "k")).send(Ask.get("/"));
            new GateRig(Map.of(), time).send(Ask.get("/"));
            new GateRig(Map.of("GEMINI_API_KEY", "k", "parley.simulator.enabled", "always"), time).send(Ask.get("/"));
            assertEquals(2, heard.count);
        } finally {
            log.removeHandler(heard);
        }
    }

    private static final class Warnings extends Handler {
        private int count;

        @Override
        public void publish(LogRecord record) {
            count++;
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
