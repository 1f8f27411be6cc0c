package dev.parley.batch.upload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import dev.parley.testkit.ManualTime;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingReceiverTest {
    private static final String BOUNDARY = "----WebKitFormBoundary7MA4YWxkTrZu0gW";
    private static final UploadLimits LIMITS = new UploadLimits(200_000, Duration.ofSeconds(60));

    @TempDir
    private Path folder;

    private final ManualTime time = new ManualTime();
    private final RecordingReceiver receiver = new RecordingReceiver(LIMITS, time);
    private final FormFields fields = new FormFields(model -> {});

    /** Gives at most {@code size} bytes at once, as networks do. */
    private static InputStream inPieces(byte[] bytes, int size) {
        return new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return super.read(buffer, offset, Math.min(length, size));
            }
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100, 65_536, 1_000_000})
    void a_form_is_read_whole_however_it_is_split(int size) throws IOException {
        byte[] audio = awkwardBytes(150_000);
        ReceivedRecording received =
                receiver.receiveForm(inPieces(form(audio, "a\"b.webm"), size), BOUNDARY, fields, folder);
        assertArrayEquals(audio, Files.readAllBytes(received.file()));
        assertEquals(audio.length, received.bytes());
        assertEquals(Optional.of("audio/webm;codecs=opus"), received.declaredType());
        assertEquals(Optional.of("gemini-3.8-flash"), fields.get("model"));
        assertEquals(Optional.of("Was sagt er?\r\nUnd wer?"), fields.get("prompt"));
        assertEquals(Optional.empty(), fields.get("language"));
    }

    @Test
    void a_raw_body_is_stored_as_it_is() throws IOException {
        byte[] audio = awkwardBytes(200_000);
        ReceivedRecording received = receiver.receiveRaw(inPieces(audio, 1000), Optional.of("audio/wav"), folder);
        assertArrayEquals(audio, Files.readAllBytes(received.file()));
    }

    @Test
    void one_byte_too_many_is_refused_and_no_more_is_read() {
        AtomicLong read = new AtomicLong();
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                read.incrementAndGet();
                return 0;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                read.addAndGet(length);
                return length;
            }
        };
        assertKind(FailureKind.TOO_LARGE, () -> receiver.receiveRaw(endless, Optional.empty(), folder));
        assertTrue(read.get() < LIMITS.mostBytes() + 70_000, () -> read + " bytes were read");
    }

    @Test
    void a_form_with_a_recording_that_is_too_large_is_refused() {
        byte[] form = form(new byte[200_001], "a");
        assertKind(
                FailureKind.TOO_LARGE,
                () -> receiver.receiveForm(new ByteArrayInputStream(form), BOUNDARY, fields, folder));
    }

    @Test
    void a_form_of_many_parts_is_refused() throws IOException {
        String part = "--B\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n\r\n";
        String file = "--B\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nabc\r\n--B--";
        byte[] most = (part.repeat(99) + file).getBytes(StandardCharsets.UTF_8);
        ReceivedRecording received = receiver.receiveForm(new ByteArrayInputStream(most), "B", fields, folder);
        assertEquals(3, received.bytes());
        Files.delete(received.file());
        byte[] more = (part.repeat(100) + file).getBytes(StandardCharsets.UTF_8);
        assertKind(
                FailureKind.BAD_MESSAGE,
                () -> receiver.receiveForm(new ByteArrayInputStream(more), "B", fields, folder));
    }

    @Test
    void what_comes_beside_the_recording_is_bounded() {
        RecordingReceiver roomy = new RecordingReceiver(new UploadLimits(200_000_000, Duration.ofSeconds(60)), time);
        String part = "--B\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n" + "x".repeat(300_000) + "\r\n";
        byte[] form = part.repeat(4).getBytes(StandardCharsets.UTF_8);
        ParleyException refusal = assertThrows(
                ParleyException.class, () -> roomy.receiveForm(new ByteArrayInputStream(form), "B", fields, folder));
        assertTrue(refusal.getMessage().contains("beside the recording"), refusal::getMessage);
    }

    @Test
    void a_declared_length_over_the_bound_is_refused_before_reading() {
        assertKind(FailureKind.TOO_LARGE, () -> receiver.checkLength(200_001, false));
        receiver.checkLength(200_000, false);
        receiver.checkLength(-1, false);
    }

    @Test
    void an_upload_that_drips_is_ended() {
        InputStream drip = new InputStream() {
            @Override
            public int read() {
                time.advance(Duration.ofSeconds(1));
                return 1;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                time.advance(Duration.ofSeconds(1));
                return 1;
            }
        };
        assertKind(FailureKind.TIME_LIMIT, () -> receiver.receiveRaw(drip, Optional.empty(), folder));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "--B\r\n",
                "--B\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nabc",
                "--B\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nabc\r\n--",
                "--B\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nx\r\n--B--\r\n",
                "--B\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n\r\n--B--\r\n",
                "--B\r\n\r\nabc\r\n--B--",
                "--B--"
            })
    void a_form_that_is_broken_or_has_no_recording_is_refused(String body) {
        assertKind(
                FailureKind.BAD_MESSAGE,
                () -> receiver.receiveForm(
                        new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), "B", fields, folder));
    }

    @Test
    void endless_headers_and_fields_are_refused() {
        String headers = "--B\r\nX: " + "x".repeat(20_000);
        String field = "--B\r\nContent-Disposition: form-data; name=prompt\r\n\r\n" + "x".repeat(140_000) + "\r\n--B--";
        String twice = "--B\r\nContent-Disposition: form-data; name=model\r\n\r\na\r\n".repeat(2) + "--B--";
        for (String body : new String[] {headers, field, twice}) {
            assertKind(
                    FailureKind.BAD_MESSAGE,
                    () -> receiver.receiveForm(
                            new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), "B", fields, folder));
        }
        assertKind(
                FailureKind.BAD_MESSAGE, () -> receiver.receiveForm(InputStream.nullInputStream(), "", fields, folder));
    }

    @Test
    void fields_are_checked_when_they_come() {
        assertKind(FailureKind.BAD_MESSAGE, () -> fields.put("language", "English please"));
        assertKind(FailureKind.BAD_MESSAGE, () -> fields.put("prompt", "x".repeat(32_001)));
        fields.put("language", "de-CH");
        fields.put("colour", "red");
        assertEquals(Optional.of("de-CH"), fields.get("language"));
    }

    @Test
    void the_folder_of_a_recording_is_deleted_with_everything_in_it() throws IOException {
        Path root = folder.resolve("made/on/demand");
        RecordingFolders folders = new RecordingFolders(Optional.of(root));
        try (RecordingFolders.Folder one = folders.open()) {
            Files.createDirectories(one.path().resolve("deep"));
            Files.writeString(one.path().resolve("deep/file"), "x");
        }
        try (var left = Files.list(root)) {
            assertEquals(0, left.count());
        }
        folders.close();
        assertTrue(Files.exists(root), "a configured folder is the operator's");
    }

    private static byte[] form(byte[] audio, String name) {
        byte[] before = ("--" + BOUNDARY
                        + "\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\ngemini-3.8-flash\r\n--"
                        + BOUNDARY
                        + "\r\ncontent-disposition: form-data; name=\"prompt\"\r\nContent-Type: text/plain\r\n\r\n"
                        + "Was sagt er?\r\nUnd wer?\r\n--" + BOUNDARY
                        + "\r\nContent-Disposition: form-data; name=\"language\"\r\n\r\n\r\n--" + BOUNDARY
                        + "\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\nignored\r\n--" + BOUNDARY
                        + "\r\nContent-Disposition: form-data; filename=\""
                        + name.replace("\"", "%22") + "\"; name=\"file\"\r\n"
                        + "Content-Type: audio/webm;codecs=opus\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
        byte[] after = ("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(before, before.length + audio.length + after.length);
        System.arraycopy(audio, 0, all, before.length, audio.length);
        System.arraycopy(after, 0, all, before.length + audio.length, after.length);
        return all;
    }

    /** Random bytes with near-delimiters in them. */
    private static byte[] awkwardBytes(int size) {
        byte[] bytes = new byte[size];
        new Random(7).nextBytes(bytes);
        byte[] almost = ("\r\n--" + BOUNDARY.substring(0, BOUNDARY.length() - 1)).getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at + almost.length < size; at += 997) {
            System.arraycopy(almost, 0, bytes, at, almost.length);
        }
        System.arraycopy(almost, 0, bytes, size - almost.length, almost.length);
        return bytes;
    }

    private static void assertKind(FailureKind kind, org.junit.jupiter.api.function.Executable work) {
        assertEquals(kind, assertThrows(ParleyException.class, work).kind());
    }
}
