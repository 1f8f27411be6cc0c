package dev.parley.gemini.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parley.gemini.access.UpstreamAccess;
import dev.parley.gemini.failure.AnswerFailures;
import dev.parley.gemini.failure.RestFailure;
import dev.parley.gemini.rest.http.Call;
import dev.parley.gemini.rest.http.RestTransport;
import dev.parley.gemini.settings.ApiKeys;
import dev.parley.gemini.settings.LiveAddress;
import dev.parley.shared.execution.Cancellation;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.settings.ApiKey;
import dev.parley.shared.settings.SettingsReader;
import dev.parley.testkit.RealThreads;
import dev.parley.testkit.ScriptedGoogle;
import dev.parley.testkit.ScriptedRestServer;
import dev.parley.testkit.ScriptedRestServer.Answer;
import dev.parley.testkit.ScriptedRestServer.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads and exchanges over HTTP to a scripted Google. */
class GeminiRestTest {
    private static final int CHUNK = ResumableUpload.CHUNK_BYTES;
    private static final int SIZE = CHUNK + 1000;
    private static final String FILE =
            "{\"file\":{\"name\":\"files/f-1\",\"uri\":\"https://g/files/f-1\",\"state\":\"ACTIVE\"}}";

    @TempDir
    private Path folder;

    private final ScriptedRestServer google = ScriptedRestServer.start().script(new ScriptedGoogle());
    private final RealThreads threads = new RealThreads();
    private Path file;
    private ApiKey key;
    private RestTransport transport;
    private GeminiRest gemini;

    @BeforeEach
    void begin() throws IOException {
        file = Files.write(folder.resolve("recording"), new byte[SIZE]);
        Map<String, String> settings = Map.of(
                "parley.gemini.key",
                "AIzaUploadTestKey",
                "parley.gemini.endpoint",
                google.address().toString());
        SettingsReader reader = new SettingsReader(name -> Optional.ofNullable(settings.get(name)));
        ApiKeys keys = new ApiKeys(reader);
        key = keys.keys().get(0);
        transport = new RestTransport(
                reader,
                new LiveAddress(reader, keys),
                new UpstreamAccess(reader, threads.executor(), Clock.systemUTC(), threads),
                threads.factory(),
                Clock.systemUTC(),
                threads);
        gemini = new GeminiRest(reader, transport, threads);
    }

    @AfterEach
    void close() {
        google.close();
        threads.close();
    }

    private UploadedFile upload(LongConsumer progress) {
        return gemini.upload(key, file, "audio/wav", progress, (pause, why) -> {}, new Cancellation());
    }

    @Test
    void a_client_that_leaves_at_the_last_byte_leaves_no_file_at_google() {
        CancellationException gone = new CancellationException();
        assertSame(
                gone,
                assertThrows(
                        CancellationException.class,
                        () -> upload(arrived -> {
                            if (arrived == SIZE) {
                                throw gone;
                            }
                        })));
        assertEquals(1, deletions());
    }

    @Test
    void a_chunk_that_was_stored_though_refused_is_not_sent_again() {
        refuseOnce("0", "active", CHUNK, "");
        assertEquals("files/f-1", upload(arrived -> {}).name());
        assertEquals(List.of("upload 0", "query ", "upload, finalize " + CHUNK), steps());
    }

    @Test
    void an_upload_goes_on_where_google_says() {
        refuseOnce("0", "active", CHUNK / 2, "");
        upload(arrived -> {});
        assertEquals(List.of("upload 0", "query ", "upload, finalize " + CHUNK / 2), steps());
    }

    @Test
    void a_file_that_was_finished_though_refused_is_taken() {
        refuseOnce(Integer.toString(CHUNK), "final", SIZE, FILE);
        assertEquals("https://g/files/f-1", upload(arrived -> {}).uri());
        assertEquals(List.of("upload 0", "upload, finalize " + CHUNK, "query "), steps());
    }

    @Test
    void a_file_that_was_finished_though_refused_is_deleted_when_its_client_leaves() {
        refuseOnce(Integer.toString(CHUNK), "final", SIZE, FILE);
        Cancellation cancellation = new Cancellation();
        assertThrows(
                CancellationException.class,
                () -> gemini.upload(
                        key, file, "audio/wav", arrived -> {}, (pause, why) -> cancellation.cancel(), cancellation));
        assertEquals(1, deletions());
    }

    @Test
    void an_upload_that_google_gave_up_is_told() {
        refuseOnce("0", "cancelled", 0, "");
        assertThrows(RestFailure.class, () -> upload(arrived -> {}));
        assertEquals(List.of("upload 0", "query ", "cancel "), steps());
    }

    @Test
    void a_file_whose_answer_was_lost_with_the_connection_is_taken() {
        breakAtTheLastChunk("final", FILE);
        assertEquals("https://g/files/f-1", upload(arrived -> {}).uri());
        assertEquals(List.of("upload 0", "upload, finalize " + CHUNK, "cancel ", "query "), steps());
    }

    @Test
    void a_file_whose_answer_was_lost_is_deleted_when_its_client_has_left() {
        breakAtTheLastChunk("final", FILE);
        Cancellation cancellation = new Cancellation();
        assertThrows(
                CancellationException.class,
                () -> gemini.upload(
                        key,
                        file,
                        "audio/wav",
                        arrived -> {
                            if (arrived == SIZE) {
                                cancellation.cancel();
                            }
                        },
                        (pause, why) -> {},
                        cancellation));
        assertEquals(1, deletions());
    }

    @Test
    void a_last_chunk_that_was_lost_leaves_nothing_and_is_told() {
        breakAtTheLastChunk("cancelled", "");
        RestFailure told = assertThrows(RestFailure.class, () -> upload(arrived -> {}));
        assertEquals(FailureKind.UPSTREAM_UNAVAILABLE, told.kind());
        assertEquals(List.of("upload 0", "upload, finalize " + CHUNK, "cancel ", "query "), steps());
        assertEquals(0, deletions());
    }

    /** Reads the last chunk and hangs up; queries are answered with the status. */
    private void breakAtTheLastChunk(String status, String body) {
        ScriptedGoogle usual = new ScriptedGoogle();
        google.script(answer -> {
            String command = answer.request().header("X-Goog-Upload-Command");
            if (command.contains("finalize")) {
                answer.exchange().close();
            } else if (command.equals("query")) {
                tell(answer, status, SIZE, body);
            } else {
                usual.answer(answer);
            }
        });
    }

    @Test
    void a_cancelled_exchange_is_not_told_as_broken_off() {
        Cancellation cancellation = new Cancellation();
        Call call = Call.of("GET", transport.target("v1beta/models"), key, Duration.ofSeconds(30));
        assertThrows(
                CancellationException.class,
                () -> transport.exchange(call, cancellation, reply -> {
                    cancellation.cancel();
                    throw AnswerFailures.brokenOff("the body was closed");
                }));
    }

    /** Answers the chunk at {@code offset} with 503 once, and queries with the status. */
    private void refuseOnce(String offset, String status, int received, String body) {
        ScriptedGoogle usual = new ScriptedGoogle();
        AtomicBoolean refused = new AtomicBoolean();
        google.script(answer -> {
            Request request = answer.request();
            if (request.header("X-Goog-Upload-Command").equals("query")) {
                tell(answer, status, received, body);
            } else if (request.header("X-Goog-Upload-Offset").equals(offset) && refused.compareAndSet(false, true)) {
                String soon = "{\"@type\":\"RetryInfo\",\"retryDelay\":\"0.05s\"}";
                answer.json(503, ScriptedGoogle.error(503, "UNAVAILABLE", "Not now.", soon));
            } else {
                usual.answer(answer);
            }
        });
    }

    private static void tell(Answer answer, String status, int received, String body) throws IOException {
        answer.exchange().getResponseHeaders().set("X-Goog-Upload-Status", status);
        answer.exchange().getResponseHeaders().set("X-Goog-Upload-Size-Received", Integer.toString(received));
        answer.json(200, body);
    }

    private long deletions() {
        return google.requests().stream()
                .filter(request -> request.method().equals("DELETE"))
                .count();
    }

    private List<String> steps() {
        return google.requests().stream()
                .filter(request -> request.target().contains("upload_id"))
                .map(request -> request.header("X-Goog-Upload-Command") + " " + request.header("X-Goog-Upload-Offset"))
                .toList();
    }
}
