package dev.parley.security.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.security.SignedIn;
import dev.parley.security.gate.GateRig.Ask;
import dev.parley.testkit.ManualTime;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a ticket opens, and what it does not. */
class AccessFilterTicketsTest {
    private static final String PARTNER = "https://partner.example";
    private static final Optional<SignedIn> ANNA = Optional.of(new SignedIn("anna", Set.of("talk")));

    @TempDir
    private Path folder;

    private final ManualTime time = new ManualTime();
    private GateRig gate;

    @BeforeEach
    void build() throws Exception {
        Path users = Files.writeString(folder.resolve("users"), "# nobody\n");
        gate = new GateRig(
                Map.of(
                        "parley.security.mode",
                        "basic",
                        "parley.security.users-file",
                        users.toString(),
                        "parley.security.allowed-origins",
                        PARTNER + ",https://other.example"),
                time);
    }

    private String ticket(Optional<SignedIn> who) {
        return gate.tickets().issue(who, PARTNER).orElseThrow();
    }

    private static Ask with(String ticket, String origin) {
        return Ask.upgrade("/ws/audio-live").with("Origin", origin).query("ticket=" + ticket);
    }

    @Test
    void it_opens_one_conversation_as_whoever_asked_for_it() {
        String ticket = ticket(ANNA);
        HttpServletRequest request = gate.send(with(ticket, PARTNER)).through();
        assertEquals("anna", request.getRemoteUser());
        assertNull(request.getQueryString());
        assertNull(request.getParameter("ticket"));
        assertTrue(request.getParameterMap().isEmpty());
        assertEquals(401, gate.send(with(ticket, PARTNER)).status());
    }

    @Test
    void it_is_good_for_a_minute() {
        String early = ticket(ANNA);
        String late = ticket(ANNA);
        time.advance(Duration.ofSeconds(59));
        assertTrue(gate.send(with(early, PARTNER)).isThrough());
        time.advance(Duration.ofSeconds(1));
        assertEquals(401, gate.send(with(late, PARTNER)).status());
    }

    @Test
    void it_is_good_on_pages_of_its_origin_and_used_up_on_others() {
        String ticket = ticket(ANNA);
        assertEquals(401, gate.send(with(ticket, "https://other.example")).status());
        assertEquals(401, gate.send(with(ticket, PARTNER)).status());
        assertEquals(403, gate.send(with(ticket(ANNA), "https://evil.example")).status());
        assertEquals(
                401,
                gate.send(Ask.upgrade("/ws/audio-live").query("ticket=" + ticket(ANNA)))
                        .status());
    }

    @Test
    void it_opens_nothing_else() {
        for (String path : new String[] {"/api/admin/keys", "/api/models", "/", "/admin.html"}) {
            String ticket = ticket(Optional.of(new SignedIn("bea", Set.of("talk", "admin"))));
            assertEquals(
                    401,
                    gate.send(Ask.upgrade(path).with("Origin", PARTNER).query("ticket=" + ticket))
                            .status());
        }
        String plain = ticket(ANNA);
        assertEquals(
                401,
                gate.send(Ask.get("/ws/audio-live").with("Origin", PARTNER).query("ticket=" + plain))
                        .status());
    }

    @Test
    void it_gives_no_role_that_its_owner_has_not() {
        assertEquals(
                401,
                gate.send(with(ticket(Optional.of(new SignedIn("nina", Set.of()))), PARTNER))
                        .status());
    }

    @Test
    void guesses_are_refused() {
        for (String guess : new String[] {"", "x", "A".repeat(32), "A".repeat(10_000)}) {
            assertEquals(401, gate.send(with(guess, PARTNER)).status());
        }
    }
}
