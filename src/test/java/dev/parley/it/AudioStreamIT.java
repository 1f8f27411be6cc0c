package dev.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.it.stage.CorpusFile;
import dev.parley.it.stage.Deployments;
import dev.parley.it.stage.Eventually;
import dev.parley.it.stage.ServerLog;
import dev.parley.testkit.ScriptedGoogle;
import dev.parley.testkit.ScriptedRestServer;
import dev.parley.testkit.ScriptedRestServer.Request;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whole recordings through the deployed WAR, with a scripted Google. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class AudioStreamIT {
    private static final ScriptedGoogle USUAL = new ScriptedGoogle();
    private static final ScriptedRestServer GOOGLE = ScriptedRestServer.start().script(USUAL);
    private static final Path FOLDER = Path.of("target", "it", "recordings").toAbsolutePath();
    private static final int MOST_BYTES = 3_000_000;
    private static final String EVENTS = "text/event-stream";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @ArquillianResource
    private URL url;

    private URI server;

    @Deployment(testable = false)
    static WebArchive parley() {
        return Deployments.talkingTo(
                GOOGLE.address(),
                Map.of(
                        "parley.batch.folder", FOLDER.toString(),
                        "parley.batch.max-bytes", Integer.toString(MOST_BYTES),
                        "parley.batch.inline-bytes", "1000000"));
    }

    @BeforeEach
    void usual() {
        server = Deployments.address(url);
        GOOGLE.script(USUAL);
    }

    @AfterAll
    static void close() {
        GOOGLE.close();
    }

    @Test
    void a_browser_recording_is_remuxed_and_answered_in_events() throws Exception {
        ServerLog log = new ServerLog();
        byte[] webm = CorpusFile.read("chrome-32k.webm").bytes();
        String events =
                post("?prompt=Was%3F", "audio/webm;codecs=opus", webm, EVENTS).body();
        assertTrue(events.contains("event: text\ndata: {\"text\":\"aus Köln 😀\"}\n\n"), events);
        JsonObject done = event(events, "done");
        assertEquals("remuxed", done.getString("treatment"));
        assertEquals("STOP", done.getString("finishReason"));
        assertEquals(42, event(events, "usage").getInt("totalTokens"));
        Request asked = last(":streamGenerateContent");
        assertTrue(asked.text().contains("\"mimeType\":\"audio/ogg\""), "not remuxed to Ogg");
        assertTrue(asked.text().contains("Was?"));
        assertEquals(Deployments.KEY, asked.header("x-goog-api-key"));
        assertFalse(log.text().contains(Deployments.KEY));
        assertEquals(List.of(), log.faults());
        assertNothingLeft();
    }

    @Test
    void a_form_with_a_wav_is_answered_as_json() throws Exception {
        byte[] wav = wav(200_000);
        HttpResponse<String> answer =
                post("", "multipart/form-data; boundary=xyz", form(wav, "gemini-3.8-flash"), "*/*");
        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals(
                "application/json",
                answer.headers().firstValue("Content-Type").orElse("").split(";", 2)[0]);
        JsonObject json = parse(answer.body());
        assertEquals("Grüße aus Köln 😀", json.getString("text"));
        assertEquals("passed-on", json.getString("treatment"));
        assertNothingLeft();
    }

    @Test
    void a_large_recording_goes_through_the_files_api_and_is_deleted() throws Exception {
        String events = post("", "audio/wav", wav(2_500_000), EVENTS).body();
        assertTrue(events.contains("\"stage\":\"uploading\""), events);
        assertEquals("STOP", event(events, "done").getString("finishReason"));
        assertTrue(
                GOOGLE.requests().stream().anyMatch(request -> request.method().equals("DELETE")));
        assertNothingLeft();
    }

    @Test
    void the_first_event_comes_before_the_answer_is_over() throws Exception {
        CountDownLatch heard = new CountDownLatch(1);
        GOOGLE.script(answer -> {
            if (answer.request().target().contains(":streamGenerateContent")) {
                try (OutputStream out = answer.events()) {
                    write(out, ScriptedGoogle.ANSWER.get(0));
                    if (heard.await(30, TimeUnit.SECONDS)) {
                        write(out, ScriptedGoogle.ANSWER.get(1));
                    }
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
            } else {
                USUAL.answer(answer);
            }
        });
        HttpResponse<InputStream> answer = http.send(
                request("", "audio/wav", EVENTS)
                        .POST(BodyPublishers.ofByteArray(wav(1000)))
                        .build(),
                BodyHandlers.ofInputStream());
        StringBuilder text = new StringBuilder();
        try (InputStream body = answer.body()) {
            byte[] buffer = new byte[4096];
            for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
                text.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
                if (text.indexOf("event: text") >= 0) {
                    heard.countDown();
                }
            }
        }
        assertEquals("STOP", event(text.toString(), "done").getString("finishReason"));
    }

    @Test
    void a_client_that_leaves_ends_the_question_and_nothing_stays() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        GOOGLE.script(answer -> {
            if (answer.request().target().contains(":streamGenerateContent")) {
                try (OutputStream out = answer.events()) {
                    while (ended.getCount() > 0) {
                        write(out, ScriptedGoogle.ANSWER.get(0));
                    }
                } catch (IOException gone) {
                    ended.countDown();
                }
            } else {
                USUAL.answer(answer);
            }
        });
        HttpResponse<InputStream> answer = http.send(
                request("", "audio/wav", EVENTS)
                        .POST(BodyPublishers.ofByteArray(wav(1000)))
                        .build(),
                BodyHandlers.ofInputStream());
        assertTrue(answer.body().read() >= 0);
        answer.body().close();
        assertTrue(ended.await(60, TimeUnit.SECONDS), "Google is still asked");
        assertNothingLeft();
    }

    @Test
    void json_that_takes_long_begins_with_a_space_and_a_client_that_leaves_is_noticed() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        GOOGLE.script(answer -> {
            if (answer.request().target().contains(":generateContent")) {
                answer.exchange().getResponseHeaders().set("Content-Type", "application/json");
                answer.exchange().sendResponseHeaders(200, 0);
                try (OutputStream out = answer.exchange().getResponseBody()) {
                    do {
                        out.write(' ');
                        out.flush();
                    } while (!ended.await(100, TimeUnit.MILLISECONDS));
                } catch (IOException gone) {
                    ended.countDown();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
            } else {
                USUAL.answer(answer);
            }
        });
        HttpResponse<InputStream> answer = http.send(
                request("", "audio/wav", "application/json")
                        .POST(BodyPublishers.ofByteArray(wav(1000)))
                        .build(),
                BodyHandlers.ofInputStream());
        assertEquals(200, answer.statusCode());
        assertEquals(' ', answer.body().read());
        answer.body().close();
        assertTrue(ended.await(120, TimeUnit.SECONDS), "Google is still asked");
        assertNothingLeft();
    }

    @Test
    void too_large_is_refused_with_and_without_a_declared_length() throws Exception {
        assertProblem(413, 4413, post("", "audio/wav", wav(MOST_BYTES + 1), EVENTS));
        HttpResponse<String> chunked = http.send(
                request("", "audio/wav", EVENTS)
                        .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(wav(MOST_BYTES + 500_000))))
                        .build(),
                BodyHandlers.ofString());
        assertProblem(413, 4413, chunked);
        assertNothingLeft();
    }

    @Test
    void what_cannot_be_is_a_problem_document() throws Exception {
        JsonObject model = assertProblem(400, 4400, post("?model=gpt", "audio/wav", wav(1000), EVENTS));
        assertTrue(model.getString("detail").contains("gemini-3.8-flash"));
        assertProblem(415, 4415, post("", "text/plain", wav(1000), "*/*"));
        assertProblem(
                415,
                4415,
                post("", "audio/wav", "This is no audio at all.".repeat(50).getBytes(StandardCharsets.UTF_8), "*/*"));
        assertProblem(400, 4400, post("", "audio/wav", new byte[0], "*/*"));
        assertProblem(406, 4400, post("", "audio/wav", wav(1000), "image/png"));
        HttpResponse<String> get =
                http.send(HttpRequest.newBuilder(server.resolve("audio-stream")).build(), BodyHandlers.ofString());
        assertProblem(405, 4400, get);
        assertEquals(
                200,
                http.send(HttpRequest.newBuilder(server).build(), BodyHandlers.discarding())
                        .statusCode());
    }

    @Test
    void a_page_of_another_origin_cannot_post() throws Exception {
        HttpResponse<String> foreign = http.send(
                request("", "audio/wav", EVENTS)
                        .header("Origin", "https://evil.example")
                        .POST(BodyPublishers.ofByteArray(wav(1000)))
                        .build(),
                BodyHandlers.ofString());
        assertProblem(403, 4403, foreign);
        HttpResponse<String> own = http.send(
                request("", "audio/wav", EVENTS)
                        .header("Origin", "http://127.0.0.1:" + server.getPort())
                        .POST(BodyPublishers.ofByteArray(wav(1000)))
                        .build(),
                BodyHandlers.ofString());
        assertEquals(200, own.statusCode(), own.body());
    }

    @Test
    void the_models_are_those_that_google_serves() throws Exception {
        HttpResponse<String> answer =
                http.send(HttpRequest.newBuilder(server.resolve("api/models")).build(), BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer.body());
        JsonObject models = parse(answer.body());
        assertEquals("gemini-3.8-flash", models.getString("defaultBatch"));
        assertEquals(
                List.of("gemini-3.8-flash", "gemini-3.5-transcribe"),
                models.getJsonArray("batch").getValuesAs(JsonObject.class).stream()
                        .map(model -> model.getString("name"))
                        .toList());
        assertEquals(
                "Flash of today", models.getJsonArray("batch").getJsonObject(0).getString("title"));
        assertFalse(models.getBoolean("simulated"));
    }

    private HttpResponse<String> post(String query, String type, byte[] body, String accept) throws Exception {
        return http.send(
                request(query, type, accept)
                        .POST(BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String query, String type, String accept) {
        return HttpRequest.newBuilder(server.resolve("audio-stream" + query))
                .header("Content-Type", type)
                .header("Accept", accept);
    }

    private static JsonObject assertProblem(int status, int code, HttpResponse<String> answer) {
        assertEquals(status, answer.statusCode(), answer.body());
        assertEquals(
                "application/problem+json",
                answer.headers().firstValue("Content-Type").orElse("").split(";", 2)[0]);
        JsonObject problem = parse(answer.body());
        assertEquals(status, problem.getInt("status"));
        assertEquals(code, problem.getInt("code"));
        return problem;
    }

    private static void assertNothingLeft() {
        Eventually.holds("no file in " + FOLDER, () -> {
            try (Stream<Path> files = Files.list(FOLDER)) {
                return files.findAny().isEmpty();
            } catch (IOException failure) {
                return false;
            }
        });
    }

    private static Request last(String target) {
        List<Request> found = GOOGLE.requests().stream()
                .filter(request -> request.target().contains(target))
                .toList();
        return found.get(found.size() - 1);
    }

    private static void write(OutputStream out, String event) throws IOException {
        out.write(("data: " + event + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static JsonObject event(String events, String name) {
        String begin = "event: " + name + "\ndata: ";
        assertTrue(events.contains(begin), events);
        int at = events.indexOf(begin) + begin.length();
        return parse(events.substring(at, events.indexOf('\n', at)));
    }

    private static JsonObject parse(String json) {
        return Json.createReader(new StringReader(json)).readObject();
    }

    /** A WAV of silence, {@code size} bytes long. */
    private static byte[] wav(int size) {
        ByteBuffer wav = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(size - 8);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        wav.putShort((short) 1).putShort((short) 1).putInt(16_000).putInt(32_000);
        wav.putShort((short) 2).putShort((short) 16);
        wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(size - 44);
        return wav.array();
    }

    private static byte[] form(byte[] audio, String model) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(("--xyz\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\n" + model
                        + "\r\n--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\n"
                        + "Content-Type: audio/wav\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        out.write(audio);
        out.write("\r\n--xyz--\r\n".getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }
}
