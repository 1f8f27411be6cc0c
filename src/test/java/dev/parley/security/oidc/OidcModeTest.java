package dev.parley.security.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.parley.security.gate.GateRig;
import dev.parley.security.gate.GateRig.Ask;
import dev.parley.security.gate.GateRig.Outcome;
import dev.parley.shared.settings.SettingException;
import dev.parley.testkit.ManualTime;
import dev.parley.testkit.ScriptedProvider;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A whole sign-in at a scripted provider, and everything that must not become one. */
class OidcModeTest {
    private static final String ADDRESS = "https://parley.example/parley/";

    private final ScriptedProvider provider = ScriptedProvider.start();
    private final ManualTime time = new ManualTime();
    private final GateRig gate = new GateRig(provider.settings(ADDRESS), time);

    @AfterEach
    void stop() {
        provider.close();
    }

    /** A browser on its way back. */
    private record Return(String query, String cookie) {}

    private static Ask navigate(String path) {
        return Ask.get(path)
                .with("Sec-Fetch-Mode", "navigate")
                .with("Accept", "text/html")
                .secure();
    }

    private static String value(Outcome outcome, String cookie) {
        return outcome.cookies().getOrDefault(cookie, "").split(";", 2)[0];
    }

    private Return visitProvider(GateRig from, String path) {
        Outcome sent = from.send(navigate(path));
        assertEquals(302, sent.status());
        return new Return(follow(URI.create(sent.header("Location"))), value(sent, "__Host-parley-sign-in"));
    }

    private static String follow(URI address) {
        try {
            URI back = URI.create(HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                    .headers()
                    .firstValue("Location")
                    .orElseThrow());
            assertEquals("/parley/sign-in/callback", back.getPath());
            return ScriptedProvider.query(back);
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    private static Outcome arrive(GateRig at, Return coming) {
        return at.send(navigate("/sign-in/callback")
                .query(coming.query())
                .with("Cookie", "__Host-parley-sign-in=" + coming.cookie()));
    }

    private String signIn() {
        Outcome arrived = arrive(gate, visitProvider(gate, "/admin.html"));
        assertEquals(302, arrived.status(), arrived::body);
        assertEquals("https://parley.example/parley/admin.html", arrived.header("Location"));
        return value(arrived, "__Host-parley-session");
    }

    private static Ask with(String session, Ask ask) {
        return ask.with("Cookie", "other=1; __Host-parley-session=" + session).secure();
    }

    @Test
    void a_person_signs_in_and_is_known_from_then_on() {
        provider.person("bea", List.of("talk", "admin", "cashier"));
        String session = signIn();
        HttpServletRequest request =
                gate.send(with(session, Ask.get("/admin.html"))).through();
        assertEquals("bea", request.getRemoteUser());
        assertTrue(request.isUserInRole("admin"));
        assertTrue(request.isUserInRole("cashier"));
        assertTrue(gate.send(with(session, Ask.upgrade("/ws/audio-live").with("Origin", "https://parley.example")))
                .isThrough());
        Outcome told = gate.send(with(session, Ask.get("/api/session")));
        assertTrue(told.json().getBoolean("canSignOut"));
        assertFalse(session.contains("bea"), "the cookie can be read");
    }

    @Test
    void cookies_are_out_of_reach() {
        Outcome arrived = arrive(gate, visitProvider(gate, "/"));
        String cookie = arrived.cookies().getOrDefault("__Host-parley-session", "");
        assertTrue(cookie.endsWith("; Path=/; Max-Age=28800; HttpOnly; SameSite=Lax; Secure"), cookie);
        assertTrue(arrived.cookies().getOrDefault("__Host-parley-sign-in", "").startsWith("; Path=/; Max-Age=0"));
        GateRig plain = new GateRig(provider.settings("http://localhost:8080/parley/"), time);
        assertTrue(plain.send(navigate("/")).cookies().containsKey("parley-sign-in"));
    }

    @Test
    void roles_are_what_the_claim_says() {
        provider.person("tess", List.of("talk"));
        String session = signIn();
        assertEquals(403, gate.send(with(session, Ask.get("/admin.html"))).status());
        assertTrue(gate.send(with(session, Ask.get("/"))).isThrough());
        provider.person("nina", List.of());
        assertEquals(403, gate.send(with(signIn(), Ask.get("/"))).status());
    }

    @Test
    void only_a_person_is_led_to_the_provider() {
        for (Ask ask : List.of(
                Ask.get("/app/main.js").with("Sec-Fetch-Mode", "cors"),
                Ask.get("/api/models").with("Accept", "application/json"),
                Ask.of("POST", "/audio-stream").with("Accept", "text/html"),
                Ask.upgrade("/ws/audio-live").with("Accept", "text/html"))) {
            Outcome outcome = gate.send(ask);
            assertEquals(401, outcome.status());
            assertEquals("Bearer realm=\"Parley\"", outcome.header("WWW-Authenticate"));
        }
    }

    @Test
    void a_forged_changed_or_foreign_cookie_is_none() {
        String session = signIn();
        char last = session.charAt(session.length() - 1);
        String changed = session.substring(0, session.length() - 1) + (last == 'A' ? 'Q' : 'A');
        String underWay = visitProvider(gate, "/").cookie();
        String other = value(
                arrive(new GateRig(provider.settings(ADDRESS), time), visitProvider(gate, "/")),
                "__Host-parley-session");
        for (String forged : new String[] {changed, underWay, other, "", "AAAA", "%00", session.substring(2)}) {
            assertEquals(401, gate.send(with(forged, Ask.get("/api/models"))).status(), forged);
        }
    }

    @Test
    void nodes_with_one_key_know_each_others_people() {
        Map<String, String> settings = provider.settings(ADDRESS);
        settings.put("parley.security.cookie-key", "a key that both nodes have been given");
        GateRig one = new GateRig(settings, time);
        GateRig other = new GateRig(settings, time);
        String session = value(arrive(one, visitProvider(other, "/")), "__Host-parley-session");
        assertTrue(other.send(with(session, Ask.get("/"))).isThrough());
    }

    @Test
    void a_session_ends_after_its_time_or_when_its_owner_says_so() {
        String session = signIn();
        String another = signIn();
        Outcome left = gate.send(with(session, Ask.of("POST", "/sign-out").with("Origin", "https://parley.example")));
        assertTrue(left.json().getString("location").startsWith(provider.issuer() + "/bye?"), left::body);
        assertTrue(left.cookies().getOrDefault("__Host-parley-session", "").startsWith("; Path=/; Max-Age=0"));
        assertEquals(401, gate.send(with(session, Ask.get("/api/models"))).status());
        assertEquals(405, gate.send(with(another, Ask.get("/sign-out"))).status());
        assertEquals(
                403,
                gate.send(with(another, Ask.of("POST", "/sign-out").with("Origin", "https://evil.example")))
                        .status());
        time.advance(Duration.ofHours(8).minusSeconds(1));
        assertTrue(gate.send(with(another, Ask.get("/"))).isThrough());
        time.advance(Duration.ofSeconds(1));
        assertEquals(401, gate.send(with(another, Ask.get("/api/models"))).status());
    }

    private static Date fromNow(long seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }

    private void assertRefused(Outcome arrived) {
        assertEquals(403, arrived.status());
        assertFalse(arrived.cookies().containsKey("__Host-parley-session"));
        assertTrue(arrived.body().contains("<a href=\"" + ADDRESS + "\">Try again</a>"), arrived::body);
    }

    @Test
    void a_way_back_that_was_not_begun_here_leads_nowhere() {
        Return own = visitProvider(gate, "/");
        Return strangers = visitProvider(gate, "/");
        assertRefused(arrive(gate, new Return(strangers.query(), own.cookie()))); // login CSRF
        assertRefused(arrive(gate, new Return(own.query(), "")));
        assertRefused(arrive(gate, new Return(own.query() + "&iss=https%3A%2F%2Fevil.example", own.cookie())));
        assertRefused(arrive(gate, new Return("code=x", own.cookie())));
        assertRefused(arrive(gate, new Return("%zz", own.cookie())));
        assertEquals(302, arrive(gate, own).status());
        assertRefused(arrive(gate, own)); // the code was used
        Return late = visitProvider(gate, "/");
        time.advance(Duration.ofMinutes(10));
        assertRefused(arrive(gate, late));
        provider.deny(true);
        assertRefused(arrive(gate, visitProvider(gate, "/")));
    }

    @Test
    void an_id_token_of_another_issuer_client_time_or_sign_in_is_refused() {
        List<UnaryOperator<JWTClaimsSet.Builder>> spoilt = List.of(
                claims -> claims.issuer("https://evil.example"),
                claims -> claims.audience("another-client"),
                claims -> claims.audience(List.of(ScriptedProvider.CLIENT, "another"))
                        .claim("azp", "another"),
                claims -> claims.expirationTime(fromNow(-120)),
                claims -> claims.issueTime(fromNow(600)),
                claims -> claims.claim("nonce", "another"),
                claims -> claims.claim("nonce", null),
                claims -> claims.subject(null));
        for (UnaryOperator<JWTClaimsSet.Builder> change : spoilt) {
            provider.spoil(change);
            Outcome refused = arrive(gate, visitProvider(gate, "/"));
            assertEquals(403, refused.status(), "number " + spoilt.indexOf(change));
            assertRefused(refused);
        }
        provider.spoil(UnaryOperator.identity());
        provider.signAsStranger(true);
        assertRefused(arrive(gate, visitProvider(gate, "/")));
        provider.signAsStranger(false);
        assertEquals(302, arrive(gate, visitProvider(gate, "/")).status());
    }

    private Outcome bearer(String token) {
        return gate.send(Ask.get("/api/models").with("Authorization", "Bearer " + token));
    }

    @Test
    void a_program_shows_its_token_with_every_request() {
        Outcome outcome = bearer(provider.programToken("robot", List.of("talk")));
        assertEquals("robot", outcome.through().getRemoteUser());
        assertEquals(
                403, bearer(provider.programToken("robot", List.of("other"))).status());
        assertTrue(gate.send(Ask.of("POST", "/audio-stream")
                        .with("Authorization", "Bearer " + provider.programToken("robot", List.of("talk")))
                        .with("Sec-Fetch-Site", "cross-site"))
                .isThrough());
        int asked = provider.keyRequests();
        bearer(provider.programToken("robot", List.of("talk")));
        assertEquals(asked, provider.keyRequests(), "the keys are asked for again and again");
    }

    @Test
    void a_token_for_another_or_from_another_is_refused() {
        String good = provider.programToken("robot", List.of("talk"));
        String[] parts = good.split("\\.", -1);
        List<UnaryOperator<JWTClaimsSet.Builder>> spoilt = List.of(
                claims -> claims.audience("another-api"),
                claims -> claims.audience((String) null),
                claims -> claims.issuer("https://evil.example"),
                claims -> claims.expirationTime(fromNow(-120)),
                claims -> claims.expirationTime(null),
                claims -> claims.notBeforeTime(fromNow(600)),
                claims -> claims.subject(null));
        for (UnaryOperator<JWTClaimsSet.Builder> change : spoilt) {
            provider.spoil(change);
            Outcome refused = bearer(provider.programToken("robot", List.of("talk")));
            assertEquals(401, refused.status());
            assertTrue(refused.header("WWW-Authenticate").contains("invalid_token"));
        }
        provider.spoil(claims -> claims.audience(ScriptedProvider.AUDIENCE));
        assertEquals(401, bearer(provider.idToken("n")).status(), "an ID token opens nothing");
        provider.spoil(UnaryOperator.identity());
        provider.signAsStranger(true);
        assertEquals(
                401, bearer(provider.programToken("robot", List.of("talk"))).status());
        String none = "eyJhbGciOiJub25lIn0." + parts[1] + ".";
        String confused = "eyJhbGciOiJIUzI1NiJ9." + parts[1] + "." + parts[2];
        for (String forged :
                new String[] {none, confused, parts[0] + "." + parts[1] + ".AAAA", "x", "a.b.c", "x".repeat(9_000)}) {
            assertEquals(401, bearer(forged).status(), forged);
        }
    }

    @Test
    void without_an_audience_no_token_is_taken() {
        Map<String, String> settings = provider.settings(ADDRESS);
        settings.remove("parley.security.oidc.audience");
        GateRig people = new GateRig(settings, time);
        String token = provider.programToken("robot", List.of("talk"));
        assertEquals(
                401,
                people.send(Ask.get("/").with("Authorization", "Bearer " + token))
                        .status());
    }

    @Test
    void a_provider_that_is_away_is_told_of_and_asked_again() {
        Map<String, String> settings = provider.settings(ADDRESS);
        settings.put("parley.security.oidc.issuer", "http://127.0.0.1:1");
        GateRig lonely = new GateRig(settings, time);
        Outcome page = lonely.send(navigate("/"));
        assertEquals(503, page.status());
        assertTrue(page.body().contains("cannot be reached"), page::body);
        Outcome program = lonely.send(Ask.get("/").with("Authorization", "Bearer x.y.z"));
        assertEquals(503, program.status());
        assertEquals("5", program.header("Retry-After"));
    }

    @Test
    void everybody_of_the_provider_talks_if_the_operator_says_so() {
        Map<String, String> settings = provider.settings(ADDRESS);
        settings.put("parley.security.talk-role", "*");
        settings.put("parley.security.admin-role", "realm-admin");
        GateRig wide = new GateRig(settings, time);
        provider.person("anybody", List.of("admin"));
        String session = value(arrive(wide, visitProvider(wide, "/")), "__Host-parley-session");
        assertTrue(wide.send(with(session, Ask.get("/"))).isThrough());
        assertEquals(403, wide.send(with(session, Ask.get("/admin.html"))).status());
    }

    @Test
    void a_setting_that_is_missing_or_wrong_stops_the_deployment() {
        for (String name : List.of(
                "parley.security.public-address", "parley.security.oidc.issuer", "parley.security.oidc.client-id")) {
            Map<String, String> settings = provider.settings(ADDRESS);
            settings.remove(name);
            SettingException missing = assertThrows(SettingException.class, () -> new GateRig(settings, time));
            assertTrue(String.valueOf(missing.getMessage()).contains(name), missing::getMessage);
        }
        Map<String, String> plain = provider.settings(ADDRESS);
        plain.put("parley.security.oidc.issuer", "http://login.example");
        assertThrows(SettingException.class, () -> new GateRig(plain, time));
        Map<String, String> weak = provider.settings(ADDRESS);
        weak.put("parley.security.cookie-key", "short");
        assertThrows(SettingException.class, () -> new GateRig(weak, time));
    }
}
