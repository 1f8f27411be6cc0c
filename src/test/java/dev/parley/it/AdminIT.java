package dev.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.it.stage.Deployments;
import dev.parley.it.stage.Eventually;
import dev.parley.it.stage.TestCaller;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an operator can do over {@code /api/admin}, and who may not. The simulator answers. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class AdminIT {
    private static final String TOKEN = "a-token-of-more-than-sixteen";
    private static final String PCM = "audio/pcm;rate=16000";
    private static final String JSON = "application/json";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @ArquillianResource
    private URL url;

    private URI server = URI.create("http://127.0.0.1/");

    @Deployment(testable = false)
    static WebArchive parley() {
        return Deployments.simulated(Map.of(
                "parley.operations.admin-token", TOKEN,
                "parley.operations.drain-time", "3s",
                "parley.conversation.resume-time", "0s"));
    }

    @BeforeEach
    void begin() {
        server = Deployments.address(url);
    }

    private HttpResponse<String> send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve("api/admin" + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new AssertionError(failure);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new AssertionError(hurried);
        }
    }

    private HttpResponse<String> change(String method, String path, String body) {
        return send(method, path, body, "Content-Type", JSON, "Accept", "application/json, */*");
    }

    private JsonObject overview() {
        HttpResponse<String> response = send("GET", "", "");
        assertEquals(200, response.statusCode(), response.body());
        return json(response.body());
    }

    private static JsonObject json(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    @Test
    void nobody_else_gets_in() {
        List<String[]> strangers = List.of(
                new String[] {"X-Forwarded-For", "203.0.113.7"},
                new String[] {"Forwarded", "for=127.0.0.1"},
                new String[] {"Via", "1.1 proxy", "Authorization", "Bearer " + TOKEN + "x"});
        for (String[] stranger : strangers) {
            for (String path : List.of("", "/", "/limits", ";a=b/limits", "/nothing")) {
                HttpResponse<String> refused = send("GET", path, "", stranger);
                assertTrue(refused.statusCode() == 401 || refused.statusCode() == 404, path + refused.statusCode());
                assertFalse(refused.body().contains("sessionsPerKey"), refused.body());
            }
            assertEquals(401, send("GET", "", "", stranger).statusCode());
        }
        HttpResponse<String> shown =
                send("GET", "", "", "X-Forwarded-For", "203.0.113.7", "Authorization", "Bearer " + TOKEN);
        assertEquals(200, shown.statusCode());
    }

    @Test
    void other_pages_change_nothing() {
        assertEquals(
                415, send("POST", "/drain", "{}", "Content-Type", "text/plain").statusCode());
        assertEquals(
                403,
                send("POST", "/drain", "{}", "Content-Type", JSON, "Sec-Fetch-Site", "cross-site")
                        .statusCode());
        assertEquals(
                403,
                send("POST", "/drain", "{}", "Content-Type", JSON, "Origin", "https://evil.example")
                        .statusCode());
        assertFalse(overview().getJsonObject("drain").getBoolean("draining"));
    }

    @Test
    void a_conversation_is_seen_and_ended_and_its_person_is_told_why() {
        try (TestCaller caller = TestCaller.ready(server, PCM)) {
            JsonObject seen = Eventually.get(
                    "the conversation on the board",
                    () -> overview().getJsonArray("conversations").getValuesAs(JsonObject.class).stream()
                            .filter(one -> one.getString("state").equals("READY"))
                            .findFirst()
                            .orElse(null));
            assertEquals("gemini-3.8-live", seen.getString("model"));
            String path = "/conversations/" + seen.getString("id") + "/end";
            assertEquals(
                    204,
                    change("POST", path, "{\"reason\":\"Maintenance at noon\"}").statusCode());
            assertTrue(caller.next("ended").getString("reason").contains("Maintenance at noon"));
            assertEquals(1000, caller.awaitClosing().code());
            assertEquals(404, change("POST", path, "{}").statusCode());
        }
    }

    @Test
    void limits_are_changed_at_run_time_and_nonsense_changes_nothing() {
        HttpResponse<String> nonsense = change("PATCH", "/limits", "{\"sessionsPerKey\":0}");
        assertEquals(400, nonsense.statusCode());
        assertTrue(nonsense.body().contains("parley.limits.sessions-per-key"), nonsense.body());
        assertEquals(
                400, change("PATCH", "/limits", "{\"waitingRoom\":\"many\"}").statusCode());
        assertEquals(400, change("PATCH", "/limits", "[]").statusCode());
        HttpResponse<String> changed =
                change("PATCH", "/limits", "{\"sessionsPerKey\":4,\"sessionDurationSeconds\":600}");
        assertEquals(200, changed.statusCode(), changed.body());
        assertEquals(4, json(changed.body()).getInt("sessionsPerKey"));
        assertTrue(json(changed.body()).getBoolean("changed"));
        try (TestCaller caller = TestCaller.connect(server)) {
            caller.start(PCM);
            assertTrue(caller.next("ready").getInt("endsInSeconds") <= 600);
        }
        change("PATCH", "/limits", "{\"sessionsPerKey\":3,\"sessionDurationSeconds\":900}");
        assertFalse(overview().getJsonObject("limits").getBoolean("changed"));
    }

    @Test
    void a_drained_node_lets_nobody_in_until_that_is_called_off() {
        try (TestCaller talking = TestCaller.ready(server, PCM)) {
            assertTrue(json(change("POST", "/drain", "{}").body()).getBoolean("draining"));
            assertEquals(4508, talking.next("error").getInt("code"));
            assertTrue(talking.next("timeLeft").getInt("seconds") <= 3);
            try (TestCaller late = TestCaller.connect(server)) {
                assertEquals(4508, late.awaitClosing().code());
            }
            assertEquals(4508, talking.awaitClosing().code());
            assertTrue(talking.next("ended").getBoolean("retryable"));
        }
        HttpResponse<String> refused = change("POST", "/diagnostics/text", "");
        assertTrue(refused.body().contains("drained"), refused.body());
        assertFalse(json(change("POST", "/undrain", "{}").body()).getBoolean("draining"));
        TestCaller.ready(server, PCM).close();
    }

    @Test
    void diagnoses_pass_with_the_simulator_and_are_told_step_by_step() {
        for (String diagnosis : List.of("text", "audio", "live")) {
            HttpResponse<String> told = change("POST", "/diagnostics/" + diagnosis, "");
            assertEquals(200, told.statusCode(), told.body());
            List<JsonObject> lines = told.body().lines().map(AdminIT::json).toList();
            JsonObject last = lines.get(lines.size() - 1);
            assertEquals("passed", last.getString("verdict"), told.body());
            assertTrue(lines.size() > 8, told.body());
        }
        HttpResponse<String> plain =
                send("POST", "/diagnostics/text", "", "Content-Type", JSON, "Accept", "text/plain");
        assertTrue(plain.body().contains("PASSED after"), plain.body());
        assertEquals(400, change("POST", "/diagnostics/nothing", "").statusCode());
        assertEquals(404, change("DELETE", "/diagnostics", "").statusCode());
        assertEquals(
                "text", overview().getJsonArray("diagnoses").getJsonObject(0).getString("diagnosis"));
    }
}
