package dev.parley.load;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.load.speech.Recording;
import dev.parley.load.speech.WebmSource.Sent;
import dev.parley.load.upstream.FakeGemini;
import dev.parley.load.wire.Mark;
import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The instrument itself: what the process that plays Gemini notes, and what the tool reads out of it. */
class ReportTest {
    private static final Path CORPUS = Path.of("src", "test", "resources", "corpus");

    @Test
    void marked_chunks_are_timed_counted_and_checked_for_order() throws Exception {
        ChildProcess gemini = new ChildProcess(new ProcessBuilder(
                        ChildProcess.jdkProgram("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        FakeGemini.class.getName())
                .start());
        try (gemini;
                BufferedReader port = gemini.process().inputReader(StandardCharsets.UTF_8)) {
            String host = "127.0.0.1:" + port.readLine();
            CompletableFuture<String> answer = new CompletableFuture<>();
            WebSocket socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create("ws://" + host + "/ws/any"), listener(answer))
                    .get(20, TimeUnit.SECONDS);
            send(socket, "{\"setup\":{\"model\":\"models/any\"}}");
            assertEquals("{\"setupComplete\":{}}", answer.get(20, TimeUnit.SECONDS));
            long before = System.nanoTime();
            // Number 1 overtakes nothing, 3 is missing, 2 comes late; chunks need not be whole in one message.
            byte[] all = chunks(0, 1, 4, 2);
            send(socket, audio(all, 0, 2000));
            send(socket, audio(all, 2000, all.length));
            send(socket, "{\"realtimeInput\":{\"audioStreamEnd\":true}}");
            HttpClient plain =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            socket.sendClose(1000, "").get(20, TimeUnit.SECONDS);
            Report report = Report.parse(plain.send(
                            HttpRequest.newBuilder(URI.create("http://" + host + "/load/report"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body());
            assertEquals(4, report.received());
            assertEquals(1, report.outOfOrder());
            assertEquals(4, report.latencies().length);
            for (long latency : report.latencies()) {
                assertTrue(latency > 0 && latency <= System.nanoTime() - before, () -> latency + " ns");
            }
            assertEquals(
                    List.of(true, false),
                    report.compare(0, List.of(new Sent(before, 0, all.length / 2), new Sent(before, 1, 1000))).stream()
                            .map(arrival -> arrival.latencyNanos() > 0)
                            .toList());
        }
    }

    @Test
    void a_recording_tells_what_each_of_its_chunks_completes() throws Exception {
        Recording recording = Recording.read(CORPUS, "chrome-32k.webm");
        long[] samples =
                recording.chunks().stream().mapToLong(Recording.Chunk::samples).toArray();
        assertEquals(9 * 16_000, samples[samples.length - 1]);
        long[] sorted = samples.clone();
        java.util.Arrays.sort(sorted);
        assertArrayEquals(sorted, samples);
        assertEquals(0, samples[0] % 960, "packets of 60 ms");
    }

    private static byte[] chunks(int... sequence) {
        ByteBuffer all = ByteBuffer.allocate(sequence.length * Mark.CHUNK_BYTES);
        for (int number : sequence) {
            Mark.write(all.slice(), 7, number, System.nanoTime());
            all.position(all.position() + Mark.CHUNK_BYTES);
        }
        return all.array();
    }

    private static String audio(byte[] pcm, int from, int to) {
        return "{\"realtimeInput\":{\"audio\":{\"mimeType\":\"audio/pcm;rate=16000\",\"data\":\""
                + Base64.getEncoder().encodeToString(java.util.Arrays.copyOfRange(pcm, from, to)) + "\"}}}";
    }

    private static void send(WebSocket socket, String text) throws Exception {
        socket.sendText(text, true).get(20, TimeUnit.SECONDS);
    }

    private static WebSocket.Listener listener(CompletableFuture<String> answer) {
        return new WebSocket.Listener() {
            @Override
            public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                answer.complete(data.toString());
                socket.request(1);
                return null;
            }
        };
    }
}
