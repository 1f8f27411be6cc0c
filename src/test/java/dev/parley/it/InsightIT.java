package dev.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.it.stage.Deployments;
import dev.parley.it.stage.Eventually;
import dev.parley.it.stage.ServerLog;
import dev.parley.it.stage.TestCaller;
import dev.parley.it.stage.Voice;
import dev.parley.operations.metrics.MetricsPage;
import dev.parley.testkit.ScriptedLiveServer;
import dev.parley.testkit.ScriptedSession;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an operator sees of a running server: health, metrics, log. And what nobody may see there. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class InsightIT {
    private static final String TOKEN = "metrics-token-0123456789";
    private static final String TYPED = "marzipan lighthouse seventeen";
    private static final String SPOKEN = "velvet turbine porcupine";
    private static final String ANSWERED = "cobalt windmill sonata";
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ScriptedLiveServer UPSTREAM =
            ScriptedLiveServer.start().script(InsightIT::answer);

    /** Whether the upstream likes the key. */
    private static volatile boolean keyIsGood = true;

    @ArquillianResource
    private URL url;

    private record Answer(int status, String body) {
        JsonObject json() {
            return Json.createReader(new StringReader(body)).readObject();
        }
    }

    @Deployment(testable = false)
    static WebArchive parley() {
        return Deployments.talkingTo(UPSTREAM.address(), Map.of("parley.operations.metrics-token", TOKEN));
    }

    @AfterAll
    static void close() {
        UPSTREAM.close();
    }

    private static void answer(ScriptedSession session, ScriptedSession.Message message) {
        if (message.json().containsKey("setup")) {
            if (keyIsGood) {
                session.sendSetupComplete();
            } else {
                session.close(1007, "API key not valid. Please pass a valid API key.");
            }
        } else if (message.text().contains(TYPED)) {
            session.sendInputTranscript(SPOKEN);
            session.sendOutputTranscript(ANSWERED);
            session.sendAudio(Voice.tone(1));
            session.send("{\"usageMetadata\":{\"promptTokenCount\":30,\"responseTokenCount\":12,\"totalTokenCount\":42,"
                    + "\"promptTokensDetails\":[{\"modality\":\"AUDIO\",\"tokenCount\":25}],"
                    + "\"responseTokensDetails\":[{\"modality\":\"AUDIO\",\"tokenCount\":12}]}}");
            session.sendTurnComplete();
        } else if (message.text().contains("\"text\"")) {
            session.sendTurnComplete();
        }
    }

    private Answer get(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server().resolve(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new AssertionError(path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private URI server() {
        return Deployments.address(url);
    }

    private static double value(Map<String, Double> samples, String sample) {
        Double value = samples.get(sample);
        if (value == null) {
            throw new AssertionError("No " + sample + " in " + samples.keySet());
        }
        return value;
    }

    /** A conversation with one answer; its id. */
    private String converse() {
        try (TestCaller caller = TestCaller.connect(server())) {
            caller.start("audio/pcm;rate=24000");
            String id = caller.next("ready").getString("conversation");
            byte[] tone = Voice.tone(2);
            for (int at = 0; at < tone.length; at += 1920) {
                caller.sendAudio(tone, at, Math.min(1920, tone.length - at));
            }
            caller.type(TYPED);
            caller.next("turnComplete");
            caller.send(Json.createObjectBuilder()
                    .add("type", "heard")
                    .add("turn", 1)
                    .add("millis", 10)
                    .add("answeredAfterMillis", 345)
                    .build());
            caller.say("stop");
            assertEquals(1000, caller.awaitClosing().code());
            return id;
        }
    }

    @Test
    void every_metric_is_described_and_every_description_has_its_metric() throws IOException {
        converse();
        MetricsPage page = Eventually.get("the end to be counted", () -> {
            MetricsPage scraped = MetricsPage.of(get("metrics").body());
            return scraped.samples().getOrDefault("parley_audio_seconds_total{direction=\"in\"}", 0.0) > 0
                    ? scraped
                    : null;
        });
        assertEquals(
                MetricsPage.described(Files.readString(Path.of("docs/metrics.md"))).stream()
                        .collect(Collectors.joining("\n")),
                page.described().stream().collect(Collectors.joining("\n")));
        assertTrue(page.samples().keySet().stream().anyMatch(sample -> sample.startsWith("jvm_memory_used_bytes")));
    }

    @Test
    void a_conversation_is_counted_timed_and_paid_for() {
        Map<String, Double> before = MetricsPage.of(get("metrics").body()).samples();
        converse();
        Map<String, Double> rise = Eventually.get("the end to be counted", () -> {
            Map<String, Double> now =
                    new TreeMap<>(MetricsPage.of(get("metrics").body()).samples());
            now.replaceAll((sample, value) -> value - before.getOrDefault(sample, 0.0));
            return now.getOrDefault("parley_conversations_ended_total{code=\"1000\",kind=\"NORMAL\"}", 0.0) > 0
                    ? now
                    : null;
        });
        String model = "model=\"gemini-3.8-live\"";
        assertEquals(1, value(rise, "parley_conversations_opened_total"));
        assertEquals(1, value(rise, "parley_conversations_started_total{" + model + "}"));
        assertEquals(2, value(rise, "parley_audio_seconds_total{direction=\"in\"}"), 0.05);
        assertEquals(1, value(rise, "parley_audio_seconds_total{direction=\"out\"}"), 0.05);
        // 42 tokens of the answer, and 100 that the scripted end of a turn reports without saying of what
        assertEquals(25, value(rise, "parley_tokens_total{direction=\"prompt\",modality=\"audio\"," + model + "}"));
        assertEquals(45, value(rise, "parley_tokens_total{direction=\"prompt\",modality=\"other\"," + model + "}"));
        assertEquals(12, value(rise, "parley_tokens_total{direction=\"response\",modality=\"audio\"," + model + "}"));
        assertEquals(1, value(rise, "parley_turn_first_audio_seconds_count{" + model + "}"));
        assertEquals(0.345, value(rise, "parley_turn_first_sound_seconds_sum{" + model + "}"), 0.001);
        assertEquals(1, value(rise, "parley_websocket_closes_total{code=\"1000\",side=\"browser\"}"));
        assertEquals(1, value(rise, "parley_slots_granted_total"));
        Map<String, Double> now = MetricsPage.of(get("metrics").body()).samples();
        assertEquals(0, value(now, "parley_slots_held{key=\"default\"}"));
        assertEquals(0, value(now, "parley_conversations{state=\"READY\"}"));
    }

    @Test
    void metrics_are_for_the_operator() {
        assertEquals(200, get("metrics").status());
        assertEquals(403, get("metrics", "X-Forwarded-For", "203.0.113.7").status());
        assertEquals(403, get("metrics", "Authorization", "Bearer wrong").status());
        assertEquals(
                200,
                get("metrics", "X-Forwarded-For", "203.0.113.7", "Authorization", "Bearer " + TOKEN)
                        .status());
    }

    @Test
    void health_has_the_shape_that_platforms_know() {
        JsonObject live = get("health/live").json();
        assertEquals("UP", live.getString("status"));
        assertEquals("answering", live.getJsonArray("checks").getJsonObject(0).getString("name"));
        assertEquals("UP", get("health/started").json().getString("status"));
        Answer ready = get("health/ready");
        assertEquals(200, ready.status(), ready.body());
        assertEquals(
                new TreeSet<>(List.of("accepting", "gemini-key")),
                new TreeSet<>(ready.json().getJsonArray("checks").getValuesAs(JsonObject.class).stream()
                        .map(check -> check.getString("name"))
                        .toList()));
        assertEquals(200, get("health").status());
    }

    @Test
    void a_key_that_is_refused_makes_the_node_unready_until_it_is_taken_again() {
        ServerLog log = new ServerLog();
        keyIsGood = false;
        try (TestCaller caller = TestCaller.connect(server())) {
            caller.start("audio/pcm;rate=16000");
            assertEquals(4502, caller.awaitClosing().code());
            Answer ready = get("health/ready");
            assertEquals(503, ready.status());
            assertTrue(ready.body().contains("did not accept the key"), ready.body());
            Answer outside = get("health/ready", "X-Forwarded-For", "203.0.113.7");
            assertEquals(503, outside.status());
            assertTrue(outside.body().contains("\"gemini-key\",\"status\":\"DOWN\""), outside.body());
            assertFalse(outside.body().contains("why"), outside.body());
            assertEquals(200, get("health/live").status());
            assertTrue(get("metrics").body().contains("parley_key_accepted{key=\"default\"} 0"));
        } finally {
            keyIsGood = true;
        }
        converse();
        assertEquals(200, get("health/ready").status());
        Eventually.holds("the change to be in the log", () -> log.text().contains("Ready again as to gemini-key"));
        assertTrue(log.text().contains("Not ready as to gemini-key"));
    }

    @Test
    void each_conversation_has_two_lines_in_the_log_and_nothing_secret_is_there_or_in_any_answer() {
        ServerLog log = new ServerLog();
        String id = converse();
        Eventually.holds("the last line", () -> log.text().contains("Conversation " + id + " ended"));
        List<String> lines = log.text()
                .lines()
                .filter(line -> line.contains("Conversation " + id))
                .toList();
        assertEquals(2, lines.size(), lines::toString);
        assertTrue(
                lines.get(0)
                        .endsWith("Conversation " + id
                                + " began: caller nobody signed in, model gemini-3.8-live, key default"),
                lines.get(0));
        assertTrue(
                lines.get(1)
                        .matches(
                                ".*Conversation " + id + " ended: NORMAL, .+ \\(caller nobody signed in, model"
                                        + " gemini-3\\.8-live, key default, \\d+ s, audio in \\d+ ms, out 1000 ms, .*tokens 142\\).*"),
                lines.get(1));

        List<Answer> answers = new ArrayList<>();
        for (String path : List.of(
                "",
                "metrics",
                "health",
                "health/ready",
                "api/models",
                "audio-stream",
                "nothing-here",
                "health/nothing")) {
            answers.add(get(path));
        }
        assertEquals(200, answers.get(0).status());
        for (String secret : List.of(Deployments.KEY, TOKEN, TYPED, SPOKEN, ANSWERED)) {
            assertFalse(log.text().contains(secret), () -> "The log has \"" + secret + "\"");
            answers.forEach(answer -> assertFalse(answer.body().contains(secret), () -> secret + " in " + answer));
        }
        assertEquals(List.of(), log.faults());
    }
}
