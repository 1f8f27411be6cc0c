package dev.parley.it.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.it.access.RawRequest.Answer;
import dev.parley.it.stage.Deployments;
import dev.parley.it.stage.ServerLog;
import dev.parley.testkit.ScriptedProvider;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The mode {@code oidc} on a real server, with its class loading, against a scripted provider. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class AccessOidcIT {
    private static final ScriptedProvider PROVIDER = ScriptedProvider.start();
    private static final List<String> CALLERS = List.of("nobody", "talker", "operator", "program", "stranger's token");

    private static final Map<String, List<String>> EXPECTED = new LinkedHashMap<>();

    static {
        EXPECTED.put("/", List.of("401", "in", "403", "in", "401"));
        EXPECTED.put("/app/main.js", List.of("401", "in", "in", "in", "401"));
        EXPECTED.put("/api/models", List.of("401", "in", "403", "in", "401"));
        EXPECTED.put("/audio-stream", List.of("401", "in", "403", "in", "401"));
        EXPECTED.put("/api/admin/conversations", List.of("401", "403", "in", "403", "401"));
        EXPECTED.put("/admin.html", List.of("401", "403", "in", "403", "401"));
        EXPECTED.put("/health", List.of("in", "in", "in", "in", "in"));
    }

    @ArquillianResource
    private URL url;

    /** The port is not known yet: browsers would be sent back to a wrong one, and this test's requests go to the right one. */
    @Deployment(testable = false)
    static WebArchive parley() {
        return Deployments.simulated(PROVIDER.settings("http://localhost:8080/"));
    }

    @AfterAll
    static void close() {
        PROVIDER.close();
    }

    private String signIn(URI server, String name, List<String> roles) throws IOException, InterruptedException {
        PROVIDER.person(name, roles);
        Answer sent = RawRequest.get("/").with("Sec-Fetch-Mode", "navigate").send(server);
        assertEquals(302, sent.status(), sent::body);
        URI back = URI.create(HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(sent.header("Location")))
                                .build(),
                        BodyHandlers.discarding())
                .headers()
                .firstValue("Location")
                .orElseThrow());
        Answer arrived = RawRequest.get(back.getRawPath() + "?" + back.getRawQuery())
                .with("Cookie", cookie(sent, "parley-sign-in"))
                .with("Sec-Fetch-Mode", "navigate")
                .send(server);
        assertEquals(302, arrived.status(), arrived::body);
        assertEquals("http://localhost:8080/", arrived.header("Location"));
        return cookie(arrived, "parley-session");
    }

    private static String cookie(Answer answer, String name) {
        return answer.header("Set-Cookie")
                .lines()
                .filter(line -> line.startsWith(name + "="))
                .map(line -> line.split(";", 2)[0])
                .findFirst()
                .orElseThrow(() -> new AssertionError("no cookie " + name + ": " + answer.headers()));
    }

    /** What becomes of a handshake without a sign-in, and of one with each of these. */
    private static List<String> handshakes(URI server, String own, List<String> cookies, List<String> tokens) {
        List<RawRequest> handshakes = new ArrayList<>(List.of(RawRequest.handshake("/ws/audio-live", own)));
        cookies.forEach(cookie ->
                handshakes.add(RawRequest.handshake("/ws/audio-live", own).with("Cookie", cookie)));
        tokens.forEach(token ->
                handshakes.add(RawRequest.handshake("/ws/audio-live", own).with("Authorization", "Bearer " + token)));
        return handshakes.stream()
                .map(handshake -> "" + handshake.send(server).status())
                .toList();
    }

    @Test
    void people_and_programs_get_as_far_as_their_roles() throws IOException, InterruptedException {
        ServerLog log = new ServerLog();
        URI server = Deployments.address(url);
        String talker = signIn(server, "tess", List.of("talk"));
        String operator = signIn(server, "otto", List.of("admin"));
        String program = PROVIDER.programToken("robot", List.of("talk"));
        PROVIDER.signAsStranger(true);
        String strangers = PROVIDER.programToken("robot", List.of("talk", "admin"));
        PROVIDER.signAsStranger(false);
        AccessTable table = new AccessTable("oidc", CALLERS);
        List<String> wrong = new ArrayList<>();
        EXPECTED.forEach((path, expected) -> {
            List<String> seen = List.of(
                    RawRequest.get(path).send(server).verdict(),
                    RawRequest.get(path).with("Cookie", talker).send(server).verdict(),
                    RawRequest.get(path).with("Cookie", operator).send(server).verdict(),
                    RawRequest.get(path)
                            .with("Authorization", "Bearer " + program)
                            .send(server)
                            .verdict(),
                    RawRequest.get(path)
                            .with("Authorization", "Bearer " + strangers)
                            .send(server)
                            .verdict());
            table.add(path, seen);
            if (!seen.equals(expected)) {
                wrong.add(path + " " + seen);
            }
        });
        String own = "http://127.0.0.1:" + server.getPort();
        List<String> sockets = handshakes(server, own, List.of(talker, operator), List.of(program, strangers));
        table.add("/ws/audio-live", sockets);
        table.write();
        assertEquals(List.of(), wrong);
        assertEquals(List.of("401", "101", "403", "101", "401"), sockets);
        assertEquals(
                "403",
                RawRequest.handshake("/ws/audio-live", "https://evil.example")
                        .with("Cookie", talker)
                        .send(server)
                        .verdict());

        Answer left = RawRequest.post("/sign-out", "")
                .with("Origin", own)
                .with("Cookie", talker)
                .send(server);
        assertTrue(left.body().contains(PROVIDER.issuer() + "/bye"), left::body);
        assertEquals(
                "401", RawRequest.get("/").with("Cookie", talker).send(server).verdict());
        assertEquals(List.of(), log.faults());
        for (String secret : List.of(talker, program, ScriptedProvider.SECRET)) {
            assertEquals(-1, log.text().indexOf(secret), "a secret is in the log");
        }
    }
}
