package dev.parley.simulator.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.shared.settings.Secret;
import dev.parley.simulator.fault.Caller;
import dev.parley.simulator.fault.FaultPlans;
import dev.parley.simulator.fault.GoogleError;
import dev.parley.simulator.files.DiskSpace;
import dev.parley.simulator.files.FileShelf;
import dev.parley.simulator.rest.UploadDesk.Answer;
import dev.parley.testkit.ManualTime;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UploadDeskTest {
    private static final String ADDRESS = "http://127.0.0.1:8080/upload/v1beta/files";
    private static final String BASE = "http://127.0.0.1:8080/v1beta";

    private final ManualTime time = new ManualTime();
    private final DiskSpace space = new DiskSpace();
    private final FileShelf shelf = new FileShelf(space, time, time, Runnable::run);
    private final UploadDesk desk = new UploadDesk(shelf, new FaultPlans(), time);

    @AfterEach
    void close() {
        space.close();
    }

    @Test
    void an_upload_from_start_to_file() throws IOException {
        Answer begun = start("key", "{\"file\":{\"displayName\":\"x\"}}", "11", "audio/ogg");
        assertEquals("active", begun.headers().get("X-Goog-Upload-Status"));
        String url = url(begun);
        assertTrue(
                url.matches(ADDRESS.replace(".", "\\.") + "\\?upload_id=[0-9a-f-]{36}&upload_protocol=resumable"), url);
        String id = id(begun);
        assertEquals("5", proceed(id, "upload", "0", "OggS ").headers().get("X-Goog-Upload-Size-Received"));
        Answer asked = proceed(id, "query", "", "");
        assertEquals("active", asked.headers().get("X-Goog-Upload-Status"));
        assertEquals("5", asked.headers().get("X-Goog-Upload-Size-Received"));
        Answer done = proceed(id, "upload, finalize", "5", "sounds");
        assertEquals("final", done.headers().get("X-Goog-Upload-Status"));
        JsonObject file = done.body().orElseThrow().getJsonObject("file");
        assertTrue(file.getString("name").matches("files/[a-z0-9]{12}"));
        assertEquals(BASE + "/" + file.getString("name"), file.getString("uri"));
        assertEquals("PROCESSING", file.getString("state"));
        assertEquals("audio/ogg", file.getString("mimeType"));
        assertEquals("x", file.getString("displayName"));
        assertEquals("11", file.getString("sizeBytes"));
        Answer again = proceed(id, "query", "", "");
        assertEquals("final", again.headers().get("X-Goog-Upload-Status"));
        assertEquals(
                file.getString("name"),
                again.body().orElseThrow().getJsonObject("file").getString("name"));
        shelf.delete(new Secret("key"), file.getString("name"));
        assertEquals(Optional.empty(), proceed(id, "query", "", "").body());
    }

    @Test
    void an_upload_can_be_cancelled() throws IOException {
        String id = id(start("key", "", "", ""));
        proceed(id, "upload", "0", "abc");
        assertEquals("cancelled", proceed(id, "cancel", "", "").headers().get("X-Goog-Upload-Status"));
        assertEquals(0, space.used());
        assertThrows(GoogleError.class, () -> proceed(id, "upload", "3", "def"));
    }

    @Test
    void what_makes_no_sense_is_refused() throws IOException {
        assertThrows(GoogleError.class, () -> start("key", "{\"file\":{\"nam\":\"x\"}}", "", ""));
        assertThrows(GoogleError.class, () -> start("key", "{\"file\":", "", ""));
        assertThrows(GoogleError.class, () -> start("key", "{\"file\":{\"name\":\"files/../x\"}}", "", ""));
        assertThrows(GoogleError.class, () -> start("key", "{\"file\":{\"name\":\"../../x\"}}", "", ""));
        assertThrows(GoogleError.class, () -> start("key", "x".repeat(70_000), "", ""));
        assertThrows(GoogleError.class, () -> start("key", "", "-5", ""));
        assertThrows(GoogleError.class, () -> start("key", "", "9".repeat(30), ""));
        assertThrows(GoogleError.class, () -> start("key", "", "999999999", ""));
        assertThrows(GoogleError.class, () -> start("key", "", "", "audio/wav\r\nX: y"));
        assertThrows(GoogleError.class, () -> proceed("nobody", "query", "", ""));
        String id = id(start("key", "", "", ""));
        for (String offset : List.of("-1", "1", "999999999999999", "9".repeat(30), "x", "", "0x0", "1e3")) {
            assertThrows(GoogleError.class, () -> proceed(id, "upload", offset, "abc"), offset);
        }
        for (String command : List.of("", "start", "upload, cancel", "delete", "upload finalize")) {
            assertThrows(GoogleError.class, () -> proceed(id, command, "0", "abc"), command);
        }
        assertEquals(0, space.used());
    }

    @Test
    void faults_of_uploads_and_files_are_asked_for_by_the_key() throws IOException {
        String key = "simulate:upload-unavailable:1;bytes-internal:1;files-failed;files-processing:0";
        assertEquals(
                503,
                assertThrows(GoogleError.class, () -> start(key, "", "", "")).code());
        String id = id(start(key, "", "", "audio/wav"));
        assertEquals(
                500,
                assertThrows(GoogleError.class, () -> proceed(id, "upload", "0", "abc"))
                        .code());
        Answer done = proceed(id, "upload, finalize", "0", "abc");
        assertEquals("FAILED", done.body().orElseThrow().getJsonObject("file").getString("state"));
    }

    private Answer start(String key, String body, String length, String type) throws IOException {
        Map<String, String> headers = Map.of(
                "X-Goog-Upload-Protocol",
                "resumable",
                "X-Goog-Upload-Command",
                "start",
                "X-Goog-Upload-Header-Content-Length",
                length,
                "X-Goog-Upload-Header-Content-Type",
                type);
        Caller caller = Caller.authenticated("v1beta", Optional.of(new Secret(key)));
        return desk.start(caller, of(headers), ADDRESS, stream(body));
    }

    private Answer proceed(String id, String command, String offset, String bytes) throws IOException {
        Map<String, String> headers = Map.of("X-Goog-Upload-Command", command, "X-Goog-Upload-Offset", offset);
        return desk.proceed(id, of(headers), "v1beta", BASE, stream(bytes));
    }

    private static UnaryOperator<String> of(Map<String, String> headers) {
        return name -> headers.getOrDefault(name, "");
    }

    private static String id(Answer begun) {
        return url(begun).replaceFirst(".*upload_id=([^&]*).*", "$1");
    }

    private static String url(Answer begun) {
        return Objects.requireNonNull(begun.headers().get("X-Goog-Upload-URL"));
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
