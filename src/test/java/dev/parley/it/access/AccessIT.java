package dev.parley.it.access;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.parley.it.access.RawRequest.Answer;
import dev.parley.it.stage.Deployments;
import dev.parley.it.stage.Eventually;
import dev.parley.it.stage.ServerLog;
import dev.parley.it.stage.TestBrowser;
import dev.parley.it.stage.TestCaller;
import dev.parley.it.stage.Voice;
import dev.parley.security.password.Passwords;
import example.restaurant.RestaurantTools;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The mode {@code basic} on a real server: every address for every caller, tickets, tricks, and the page. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class AccessIT {
    private static final Path USERS = Path.of("target", "it", "access-users").toAbsolutePath();
    private static final String PARTNER = "https://partner.example";
    private static final int TICKET_SECONDS = 5;
    private static final String SECRET = "a-secret-of-";

    /** By name, and what {@link #USERS} says of them. */
    private static final Map<String, String> ROLES =
            Map.of("tess", "talk", "otto", "admin", "bea", "talk,admin,staff", "nina", "");

    /** Nobody, somebody with a wrong password, and the four above. */
    private static final List<String> CALLERS = List.of("nobody", "wrong", "tess", "otto", "bea", "nina");

    @ArquillianResource
    private URL url;

    private URI server;
    private String own;

    @Deployment(testable = false)
    static WebArchive parley() throws IOException {
        writeUsers(List.of("tess", "otto", "bea", "nina"), 0);
        return Deployments.simulated(Map.of(
                        "parley.security.mode",
                        "basic",
                        "parley.security.users-file",
                        USERS.toString(),
                        "parley.security.allowed-origins",
                        PARTNER,
                        "parley.security.ticket-time",
                        TICKET_SECONDS + "s",
                        "parley.security.failed-sign-ins-per-minute",
                        "1000"))
                .addAsLibrary(ShrinkWrap.create(JavaArchive.class, "restaurant.jar")
                        .addPackage(RestaurantTools.class.getPackage()));
    }

    private static void writeUsers(List<String> names, int second) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String name : names) {
            lines.add(Passwords.line(name, SECRET + name, ROLES.getOrDefault(name, "")));
        }
        Files.createDirectories(USERS.resolveSibling(""));
        Files.write(USERS, lines);
        Files.setLastModifiedTime(USERS, FileTime.from(Instant.now().plusSeconds(second)));
    }

    @BeforeEach
    void address() {
        server = Deployments.address(url);
        own = "http://127.0.0.1:" + server.getPort();
    }

    private static RawRequest as(String caller, RawRequest request) {
        return switch (caller) {
            case "nobody" -> request;
            case "wrong" -> request.as("tess", "guess");
            default -> request.as(caller, SECRET + caller);
        };
    }

    private String verdict(String caller, RawRequest request) {
        return as(caller, request).send(server).verdict();
    }

    /** The rows of the table: nobody, wrong, tess, otto, bea, nina. */
    private static final Map<String, List<String>> EXPECTED = Map.ofEntries(
            Map.entry("/", List.of("401", "401", "in", "403", "in", "403")),
            Map.entry("/index.html", List.of("401", "401", "in", "403", "in", "403")),
            Map.entry("/app/main.js", List.of("401", "401", "in", "in", "in", "403")),
            Map.entry("/style/base.css", List.of("401", "401", "in", "in", "in", "403")),
            Map.entry("/api/session", List.of("401", "401", "in", "in", "in", "403")),
            Map.entry("/api/models", List.of("401", "401", "in", "403", "in", "403")),
            Map.entry("/audio-stream", List.of("401", "401", "in", "403", "in", "403")),
            Map.entry("/admin.html", List.of("401", "401", "403", "in", "in", "403")),
            Map.entry("/api/admin/conversations", List.of("401", "401", "403", "in", "in", "403")),
            Map.entry("/health", List.of("in", "in", "in", "in", "in", "in")),
            Map.entry("/anything-else", List.of("404", "404", "404", "404", "404", "404")));

    @Test
    void each_address_is_for_whom_it_is_for() throws IOException {
        AccessTable table = new AccessTable("basic", CALLERS);
        List<String> wrong = new ArrayList<>();
        EXPECTED.keySet().stream().sorted().forEach(path -> {
            List<String> seen = CALLERS.stream()
                    .map(caller -> verdict(caller, RawRequest.get(path)))
                    .toList();
            table.add(path, seen);
            if (!seen.equals(EXPECTED.get(path))) {
                wrong.add(path + " " + seen);
            }
        });
        List<String> sockets = CALLERS.stream()
                .map(caller -> verdict(caller, RawRequest.handshake("/ws/audio-live", own)))
                .toList();
        table.add("/ws/audio-live", sockets);
        table.write();
        assertEquals(List.of(), wrong);
        assertEquals(List.of("401", "401", "in", "403", "in", "403"), sockets);
    }

    @Test
    void the_simulator_has_a_rule_of_its_own_and_the_wars_inside_is_nobodys() {
        Answer models =
                RawRequest.get("/v1beta/models").with("x-goog-api-key", "any").send(server);
        assertEquals(200, models.status(), models::body);
        for (String path : List.of("/WEB-INF/web.xml", "/META-INF/MANIFEST.MF", "/WEB-INF/classes/")) {
            assertEquals(404, as("bea", RawRequest.get(path)).send(server).status(), path);
        }
    }

    @Test
    void figures_are_open_on_the_machine_itself_and_through_no_proxy() {
        assertEquals("in", verdict("nobody", RawRequest.get("/metrics")));
        assertEquals("401", verdict("nobody", RawRequest.get("/metrics").with("X-Forwarded-For", "127.0.0.1")));
        assertEquals("403", verdict("tess", RawRequest.get("/metrics").with("Via", "1.1 p")));
        assertEquals("401", verdict("nobody", RawRequest.get("/metrics").with("Host", "rebound.example")));
    }

    @Test
    void no_other_spelling_leads_to_where_a_role_is_needed() {
        List<String> spellings = List.of(
                "/admin.html;x",
                "/admin%2ehtml",
                "/%61dmin.html",
                "/ADMIN.HTML",
                "/admin.html.",
                "/admin.html%00",
                "/admin.html%20",
                "//admin.html",
                "/./admin.html",
                "/app/../admin.html",
                "/app/%2e%2e/admin.html",
                "/app/..;/admin.html",
                "/v1beta/../admin.html",
                "/v1beta/%2e%2e/admin.html",
                "/v1beta/..%2fadmin.html",
                "/v1beta/..;x/admin.html",
                "/api;x/admin/conversations",
                "/api//admin/conversations",
                "//api/admin/conversations",
                "/api/%61dmin/conversations",
                "/api/admin%2fconversations",
                "/api/models;/../admin/conversations",
                "/API/admin/conversations",
                "/api/admin\\conversations",
                "/admin.html?x=/app/main.js;",
                "/api/admin/conversations?/health");
        List<String> reached = new ArrayList<>();
        for (String spelling : spellings) {
            for (String caller : List.of("nobody", "tess")) {
                Answer answer = as(caller, RawRequest.get(spelling)).send(server);
                if (answer.verdict().equals("in") && !isRefusedByTheServer(answer)) {
                    reached.add(caller + " " + spelling + " " + answer.status());
                }
            }
        }
        assertEquals(List.of(), reached);
        for (String method : List.of("HEAD", "OPTIONS", "PUT", "TRACE", "get", "ANYTHING")) {
            RawRequest request = RawRequest.of(method, "/api/admin/conversations");
            int status = request.send(server).status();
            assertTrue(status == 401 || status == 405 || status == 400 || status == 501, method + " " + status);
        }
    }

    /** Before the gate: hung up on, called malformed, sent to the plain spelling, or not found in the server's own words. */
    private static boolean isRefusedByTheServer(Answer answer) {
        boolean notFound =
                answer.status() == 404 && !answer.header("Content-Type").contains("json");
        return answer.status() == 0 || answer.status() == 400 || answer.status() == 301 || notFound;
    }

    @Test
    void an_upgrade_passes_no_gate_that_a_request_does_not() {
        for (String path : List.of("/api/admin/ws/google.ai", "/admin.html", "/ws;a/audio-live", "//ws/audio-live")) {
            String verdict = verdict("nobody", RawRequest.handshake(path, own));
            assertNotEquals("in", verdict, path);
        }
    }

    @Test
    void a_foreign_page_has_nothing_of_a_visitors_sign_in() {
        assertEquals("403", verdict("bea", RawRequest.handshake("/ws/audio-live", "https://evil.example")));
        assertEquals(
                "403", verdict("bea", RawRequest.post("/api/tickets", "{}").with("Origin", "https://evil.example")));
        assertEquals("403", verdict("bea", RawRequest.post("/api/tickets", "{}").with("Sec-Fetch-Site", "cross-site")));
        assertEquals("in", verdict("bea", RawRequest.post("/api/tickets", "{}").with("Origin", own)));
    }

    private TestCaller connect(String name) {
        return TestCaller.connect(
                server, Map.of("Origin", own, "Authorization", RawRequest.basic(name, SECRET + name)));
    }

    @Test
    void tools_know_the_roles_of_whoever_talks() {
        for (String name : List.of("tess", "bea")) {
            try (TestCaller caller = connect(name)) {
                caller.start("audio/pcm;rate=16000");
                caller.next("ready");
                caller.type("call bookings {\"day\":\"2026-12-24\"}");
                if (name.equals("bea")) {
                    caller.next("tool", event -> event.getString("state").equals("done"));
                } else {
                    caller.next("turnComplete");
                    assertTrue(caller.events("tool").isEmpty(), () -> caller.events("tool")
                            .toString());
                }
            }
        }
    }

    @Test
    void a_caller_has_two_conversations_at_once() {
        try (TestCaller one = connect("bea");
                TestCaller two = connect("bea");
                TestCaller three = connect("bea")) {
            one.start("audio/pcm;rate=16000");
            one.next("ready");
            two.start("audio/pcm;rate=16000");
            two.next("ready");
            three.start("audio/pcm;rate=16000");
            TestCaller.Closing closing = three.awaitClosing();
            assertEquals(4429, closing.code());
            assertTrue(closing.reason().startsWith("You have 2 conversations already"), closing::reason);
        }
    }

    private String ticket() {
        Answer answer = as("bea", RawRequest.post("/api/tickets", "{\"origin\":\"" + PARTNER + "\"}"))
                .send(server);
        assertEquals(201, answer.status(), answer::body);
        String body = answer.body()
                .substring(answer.body().indexOf('{'), answer.body().lastIndexOf('}') + 1);
        JsonObject json = Json.createReader(new StringReader(body)).readObject();
        assertEquals(TICKET_SECONDS, json.getInt("expiresInSeconds"));
        return json.getString("ticket");
    }

    private Answer show(String ticket, String origin) {
        return RawRequest.handshake("/ws/audio-live?ticket=" + ticket, origin).send(server);
    }

    @Test
    void a_ticket_opens_one_conversation_from_one_site_for_a_short_time_and_is_never_logged() {
        ServerLog log = new ServerLog();
        String used = ticket();
        String late = ticket();
        String misused = ticket();
        long issued = System.nanoTime();
        assertEquals(101, show(used, PARTNER).status());
        assertEquals(401, show(used, PARTNER).status());
        assertEquals(401, show(misused, own).status());
        assertEquals(401, show(misused, PARTNER).status());
        assertEquals(403, show(late, "https://evil.example").status());
        Eventually.holds(
                "the ticket is too old",
                () -> System.nanoTime() - issued > TimeUnit.SECONDS.toNanos(TICKET_SECONDS) + 100_000_000L);
        assertEquals(401, show(late, PARTNER).status());
        String written = log.text();
        for (String ticket : List.of(used, late, misused, SECRET)) {
            assertFalse(written.contains(ticket), "a ticket or a password is in the log");
        }
        assertEquals(
                403,
                as("bea", RawRequest.post("/api/tickets", "{\"origin\":\"https://evil.example\"}"))
                        .send(server)
                        .status());
        for (String nonsense :
                List.of("{\"origin\":7}", "{\"origin\":", "[]", "x", "{}", "{\"origin\":\"not an origin\"}")) {
            int status = as("bea", RawRequest.post("/api/tickets", nonsense))
                    .send(server)
                    .status();
            assertTrue(status == 400 || status == 403, nonsense + " " + status);
        }
    }

    @Test
    void every_answer_has_the_headers_that_protect() {
        for (String path : List.of(
                "/",
                "/app/main.js",
                "/app/none.js",
                "/api/models",
                "/api/none",
                "/anything",
                "/v1beta/models",
                "/health")) {
            Answer answer = as("bea", RawRequest.get(path)).send(server);
            assertEquals("nosniff", answer.header("X-Content-Type-Options"), path);
            assertTrue(answer.header("Content-Security-Policy").startsWith("default-src 'none'"), path);
            assertTrue(answer.header("Permissions-Policy").contains("microphone=(self)"), path);
            assertEquals("same-origin", answer.header("Cross-Origin-Opener-Policy"), path);
        }
        assertEquals("nosniff", RawRequest.get("/").send(server).header("X-Content-Type-Options"));
    }

    @Test
    void monstrous_headers_are_refused_and_cost_nobody_else_anything() {
        for (int kilobytes : new int[] {16, 64, 512}) {
            Answer answer = as("bea", RawRequest.get("/").with("X-Long", "x".repeat(kilobytes << 10)))
                    .send(server);
            assertNotEquals(500, answer.status(), kilobytes + " KB");
        }
        Answer huge = as("bea", RawRequest.get("/").with("X-Long", "x".repeat(2 << 20)))
                .send(server);
        assertTrue(huge.status() == 0 || huge.status() >= 400, () -> "2 MB of header: " + huge.status());
        assertEquals("401", verdict("nobody", RawRequest.get("/").with("Authorization", "Basic " + "x".repeat(2_000))));
        assertEquals("in", verdict("bea", RawRequest.get("/")));
    }

    @Test
    void requests_that_never_end_keep_nobody_else_waiting() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 50; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort());
                slow.add(socket);
                socket.getOutputStream()
                        .write(("GET / HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\nX-Slow: ")
                                .getBytes(StandardCharsets.UTF_8));
            }
            long begun = System.nanoTime();
            for (int i = 0; i < 5; i++) {
                assertEquals("in", verdict("bea", RawRequest.get("/app/main.js")));
            }
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
            assertTrue(seconds < 20, "five requests took " + seconds + " s");
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void the_page_runs_under_its_policy_shows_who_it_is_and_outlives_the_end_of_a_sign_in() throws IOException {
        Path silence = Files.createDirectories(Path.of("target", "it")).resolve("silence.wav");
        Files.write(silence, Voice.wav(48_000, new short[48_000]));
        List<String> complaints = new ArrayList<>();
        try (TestBrowser browsers = new TestBrowser();
                Browser browser = browsers.launch(silence);
                BrowserContext context =
                        browser.newContext(new Browser.NewContextOptions().setHttpCredentials("bea", SECRET + "bea"));
                Page page = context.newPage()) {
            page.onConsoleMessage(message -> {
                if (message.type().equals("error") || message.type().equals("warning")) {
                    complaints.add(message.text());
                }
            });
            page.navigate(server.toString());
            assertThat(page.locator("#person")).containsText("bea");
            assertThat(page.locator("#sign-out")).isHidden();
            page.locator("#text").fill("hello there");
            page.locator("#send").click();
            assertThat(page.locator("#entries")).containsText("hello there");
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "it", "signed-in.png")));
            page.locator("#stop").click();
            assertThat(page.locator("#stop")).isDisabled(); // over, so that the next press starts anew
            assertEquals(List.of(), complaints);

            withoutBea(10);
            page.locator("#talk").click();
            assertThat(page.locator("#sign-in-notice")).containsText("Your sign-in has ended.");
            assertThat(page.locator("#sign-in-notice a")).hasAttribute("href", "signed-in.html");
            assertThat(page.locator("#entries")).containsText("hello there");
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "it", "sign-in-ended.png")));
            withEverybody(20);
            assertThat(page.locator("#sign-in-notice .notice")).hasCount(0);
            assertThat(page.locator("#entries")).containsText("hello there");
        } finally {
            withEverybody(30);
        }
        assertFalse(
                complaints.stream().anyMatch(text -> text.contains("Content Security Policy")), complaints::toString);
    }

    private void withoutBea(int second) throws IOException {
        writeUsers(List.of("tess", "otto", "nina"), second);
        Eventually.holds("bea is out", () -> verdict("bea", RawRequest.get("/api/session"))
                .equals("401"));
    }

    private void withEverybody(int second) {
        try {
            writeUsers(List.of("tess", "otto", "bea", "nina"), second);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Eventually.holds("bea is in", () -> verdict("bea", RawRequest.get("/api/session"))
                .equals("in"));
    }
}
