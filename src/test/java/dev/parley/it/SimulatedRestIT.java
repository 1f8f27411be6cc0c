package dev.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.it.stage.CorpusFile;
import dev.parley.it.stage.Deployments;
import dev.parley.it.stage.Eventually;
import dev.parley.it.stage.ServerLog;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
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

/** Without a key the server answers Google's REST calls too, at Google's paths, and says what it measured. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class SimulatedRestIT {
    private static final byte[] WAV = CorpusFile.resource("chrome-128k.pcm16k.wav");
    /** The corpus' references have a LIST chunk before their samples. */
    private static final int WAV_HEADER = 78;

    private static final String FLASH = "v1beta/models/gemini-3.8-flash:";
    private static final int LARGE_BYTES = 24 << 20;

    private final HttpClient client = HttpClient.newHttpClient();

    @ArquillianResource
    private URL url;

    private URI server = URI.create("http://127.0.0.1/");

    @Deployment(testable = false)
    static WebArchive parley() {
        return Deployments.simulated(Map.of());
    }

    @BeforeEach
    void begin() {
        server = Deployments.address(url);
    }

    @Test
    void a_stream_comes_piece_by_piece() throws IOException, InterruptedException {
        String body = prompt("Hello", inline(WAV));
        HttpRequest request = request(FLASH + "streamGenerateContent?alt=sse", "key")
                .POST(BodyPublishers.ofString(body))
                .build();
        HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
        assertEquals(200, response.statusCode());
        assertTrue(response.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream"));
        List<Long> arrivals = new ArrayList<>();
        StringBuilder all = new StringBuilder();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = response.body()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                arrivals.add(System.nanoTime());
                all.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
            }
        }
        assertTrue(arrivals.size() >= 4, () -> arrivals.size() + " pieces: " + all);
        long spread = arrivals.get(arrivals.size() - 1) - arrivals.get(0);
        assertTrue(spread > 150_000_000, () -> "all within " + spread / 1_000_000 + " ms");
        assertTrue(all.toString().contains("The recording is WAV"), all::toString);
        assertTrue(all.toString().contains("\"finishReason\":\"STOP\""), all::toString);
    }

    @Test
    void a_large_recording_is_uploaded_measured_and_deleted() throws IOException, InterruptedException {
        byte[] large = lengthened();
        HttpRequest start = request("upload/v1beta/files", "key")
                .header("X-Goog-Upload-Protocol", "resumable")
                .header("X-Goog-Upload-Command", "start")
                .header("X-Goog-Upload-Header-Content-Length", Integer.toString(large.length))
                .header("X-Goog-Upload-Header-Content-Type", "audio/wav")
                .POST(BodyPublishers.ofString("{\"file\":{\"displayName\":\"long\"}}"))
                .build();
        HttpResponse<String> begun = client.send(start, BodyHandlers.ofString());
        assertEquals(200, begun.statusCode(), begun::body);
        URI upload = URI.create(begun.headers().firstValue("X-Goog-Upload-URL").orElseThrow());
        int half = 8 << 20;
        HttpResponse<String> first = send(upload, "upload", 0, BodyPublishers.ofByteArray(large, 0, half));
        assertEquals(
                Integer.toString(half),
                first.headers().firstValue("X-Goog-Upload-Size-Received").orElseThrow());
        HttpResponse<String> last =
                send(upload, "upload, finalize", half, BodyPublishers.ofByteArray(large, half, large.length - half));
        JsonObject file = read(last.body()).getJsonObject("file");
        String path = "v1beta/" + file.getString("name");
        Eventually.holds(
                "the file is active", () -> get(path).getString("state").equals("ACTIVE"));
        String prompt =
                prompt("", "{\"fileData\":{\"mimeType\":\"audio/wav\",\"fileUri\":\"" + file.getString("uri") + "\"}}");
        HttpResponse<String> answer = post(FLASH + "generateContent", "key", prompt);
        assertEquals(200, answer.statusCode(), answer::body);
        int seconds = (large.length - WAV_HEADER) / 32_000;
        assertTrue(answer.body().contains(seconds + "."), answer::body);
        HttpRequest delete = request(path, "key").DELETE().build();
        assertEquals(200, client.send(delete, BodyHandlers.ofString()).statusCode());
        assertEquals(403, post(FLASH + "generateContent", "key", prompt).statusCode());
    }

    @Test
    void a_large_recording_may_come_inline() throws IOException, InterruptedException {
        HttpResponse<String> answer =
                post("v1/models/gemini-3.5-transcribe:generateContent", "key", prompt("", inline(lengthened())));
        assertEquals(200, answer.statusCode(), answer::body);
        assertTrue(answer.body().contains("\"words\""), answer::body);
    }

    @Test
    void a_client_can_test_its_retries_and_its_manners() throws IOException, InterruptedException {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            statuses.add(post(FLASH + "generateContent", "simulate:unavailable:2", prompt("Hello"))
                    .statusCode());
        }
        assertEquals(List.of(503, 503, 200), statuses);
        HttpResponse<String> cut = post(FLASH + "streamGenerateContent", "key", "{\"contents\":[");
        assertEquals(400, cut.statusCode());
        assertTrue(cut.body().startsWith("[{\"error\":{\"code\":400"), cut::body);
        assertEquals(
                404,
                post("v1beta/models/none:generateContent", "key", prompt("x")).statusCode());
        assertEquals(404, post("v1beta/models/x:tell", "key", prompt("x")).statusCode());
        HttpRequest tricky = request("v1beta/files/..%2f..%2fetc", "key").build();
        assertTrue(client.send(tricky, BodyHandlers.ofString()).statusCode() >= 400);
        assertEquals(List.of(), new ServerLog().faults());
    }

    private JsonObject get(String path) {
        try {
            return read(client.send(request(path, "key").build(), BodyHandlers.ofString())
                    .body());
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    private HttpResponse<String> post(String path, String key, String body) throws IOException, InterruptedException {
        return client.send(
                request(path, key).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> send(URI upload, String command, long offset, BodyPublisher bytes)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(upload)
                .header("X-Goog-Upload-Command", command)
                .header("X-Goog-Upload-Offset", Long.toString(offset))
                .PUT(bytes)
                .build();
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        assertEquals(200, response.statusCode(), response::body);
        return response;
    }

    private HttpRequest.Builder request(String path, String key) {
        return HttpRequest.newBuilder(server.resolve(path))
                .header("x-goog-api-key", key)
                .header("Content-Type", "application/json");
    }

    private static JsonObject read(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readObject();
        }
    }

    private static String inline(byte[] wav) {
        return "{\"inlineData\":{\"mimeType\":\"audio/wav\",\"data\":\""
                + Base64.getEncoder().encodeToString(wav) + "\"}}";
    }

    private static String prompt(String text, String... parts) {
        return "{\"contents\":[{\"parts\":[{\"text\":\"" + text + "\"}"
                + String.join("", Arrays.stream(parts).map(part -> "," + part).toList()) + "]}]}";
    }

    /** The voice again and again. */
    private static byte[] lengthened() {
        byte[] large = Arrays.copyOf(WAV, LARGE_BYTES);
        for (int at = WAV.length; at < large.length; at++) {
            large[at] = large[at - (WAV.length - WAV_HEADER)];
        }
        ByteBuffer.wrap(large)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(4, large.length - 8)
                .putInt(WAV_HEADER - 4, large.length - WAV_HEADER);
        return large;
    }
}
