package dev.parley.simulator.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.shared.settings.Secret;
import dev.parley.simulator.fault.GoogleError;
import dev.parley.simulator.files.Upload.Status;
import dev.parley.simulator.files.Upload.Wish;
import dev.parley.testkit.ManualTime;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FileShelfTest {
    private static final Secret KEY = new Secret("a key");
    private static final byte[] BYTES = {1, 2, 3, 4, 5};

    private final DiskSpace space = new DiskSpace(1000);
    private final ManualTime time = new ManualTime();
    private final FileShelf shelf = new FileShelf(space, time, time, Runnable::run);

    @AfterEach
    void close() {
        space.close();
    }

    @Test
    void what_had_to_go_leaves_no_timer_behind() throws IOException {
        for (int i = 0; i < 3 * FileShelf.MAX_UPLOADS; i++) {
            shelf.begin(wish("files/begun-" + i));
        }
        assertEquals(FileShelf.MAX_UPLOADS, time.pending(), "uploads");
        for (int i = 0; i < 2 * FileShelf.MAX_FILES; i++) {
            upload(wish("files/whole-" + i), BYTES);
        }
        int most = FileShelf.MAX_UPLOADS + FileShelf.MAX_FILES;
        assertTrue(time.pending() <= most, () -> time.pending() + " timers for at most " + most);
        shelf.list(KEY).forEach(file -> shelf.delete(KEY, file.name()));
        assertTrue(time.pending() <= FileShelf.MAX_UPLOADS, () -> time.pending() + " timers of files that are gone");
        time.advance(FileShelf.UPLOAD_LIFE);
        assertEquals(0, time.pending());
        assertEquals(0, space.used());
    }

    @Test
    void a_folder_that_was_tidied_away_is_made_again() throws IOException {
        try (DiskFile first = space.newFile()) {
            Files.delete(first.path());
            Files.delete(first.path().getParent());
            try (DiskFile second = space.newFile()) {
                second.append(BYTES, 0, 5);
                assertArrayEquals(BYTES, Files.readAllBytes(second.path()));
            }
        }
    }

    @Test
    void what_others_write_counts_too() throws IOException {
        try (DiskFile file = space.newFile()) {
            file.grown(900);
            assertEquals(900, space.used());
            assertEquals(
                    429, assertThrows(GoogleError.class, () -> file.grown(101)).code());
        }
        assertEquals(0, space.used());
    }

    @Test
    void a_file_is_processed_then_active_then_expires_with_its_bytes() throws IOException {
        StoredFile file = upload(wish("files/abc"), BYTES);
        assertEquals("PROCESSING", file.state(time.instant()));
        GoogleError early = assertThrows(GoogleError.class, () -> shelf.active(KEY, "http://h/v1beta/files/abc"));
        assertEquals("The File abc is not in an ACTIVE state and usage is not allowed.", early.getMessage());
        assertEquals("FAILED_PRECONDITION", early.status());
        time.advance(Duration.ofSeconds(1));
        assertEquals(file, shelf.active(KEY, "http://h/v1beta/files/abc"));
        assertArrayEquals(BYTES, Files.readAllBytes(file.path()));
        var json = file.toJson(time.instant(), "http://h/v1beta");
        assertEquals("ACTIVE", json.getString("state"));
        assertEquals("5", json.getString("sizeBytes"));
        assertEquals("http://h/v1beta/files/abc", json.getString("uri"));
        assertEquals("2026-11-22T13:00:00Z", json.getString("expirationTime"));
        assertEquals(
                "dPgf4WfZm0y0HW0MzaGsaGf7HBiqsBT9RXTkHFq2GW0=".length(),
                json.getString("sha256Hash").length());
        time.advance(Duration.ofHours(1));
        assertFalse(Files.exists(file.path()));
        assertEquals(0, space.used());
        assertEquals(List.of(), shelf.list(KEY));
    }

    @Test
    void a_file_is_its_keys_own_and_can_be_deleted() throws IOException {
        StoredFile file = upload(wish("files/abc"), BYTES);
        Secret other = new Secret("another key");
        GoogleError denied = assertThrows(GoogleError.class, () -> shelf.file(other, "files/abc"));
        assertEquals(403, denied.code());
        assertThrows(GoogleError.class, () -> shelf.delete(other, "files/abc"));
        assertEquals(List.of(), shelf.list(other));
        assertEquals(List.of(file), shelf.list(KEY));
        shelf.delete(KEY, "files/abc");
        assertFalse(Files.exists(file.path()));
        assertThrows(GoogleError.class, () -> shelf.file(KEY, "files/abc"));
    }

    @Test
    void names_are_never_paths() throws IOException {
        for (String name : List.of(
                "files/../../etc/passwd",
                "files/..",
                "files/",
                "files/a/b",
                "files/A",
                "files/-a",
                "files/a-",
                "/etc/x",
                "files/a%2fb",
                "files/a\u0000",
                "files/" + "a".repeat(41),
                "files/a\\b",
                "C:\\x")) {
            GoogleError error = assertThrows(GoogleError.class, () -> shelf.begin(wish(name)), name);
            assertEquals(400, error.code());
            assertThrows(GoogleError.class, () -> shelf.file(KEY, name));
            assertThrows(GoogleError.class, () -> shelf.active(KEY, "http://h/v1beta/" + name));
        }
        assertThrows(GoogleError.class, () -> shelf.active(KEY, "file:///etc/passwd"));
        StoredFile file = upload(wish("files/a-1"), BYTES);
        assertTrue(file.path().getFileName().toString().matches("f\\d+"));
        assertEquals(
                409,
                assertThrows(GoogleError.class, () -> shelf.begin(wish("files/a-1")))
                        .code());
    }

    @Test
    void an_upload_goes_on_where_its_connection_broke() throws IOException {
        Upload upload = shelf.begin(wish("files/abc"));
        InputStream breaks = new InputStream() {
            private int given;

            @Override
            public int read() throws IOException {
                if (given == 3) {
                    throw new IOException("connection reset");
                }
                return BYTES[given++];
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                into[offset] = (byte) read();
                return 1;
            }
        };
        assertThrows(IOException.class, () -> upload.receive(0, breaks));
        assertEquals(3, upload.received());
        for (long offset : new long[] {0, 2, 4, Long.MAX_VALUE}) {
            assertThrows(GoogleError.class, () -> upload.receive(offset, stream(BYTES)));
        }
        upload.receive(3, stream(new byte[] {4, 5}));
        StoredFile file = shelf.finish(upload);
        assertArrayEquals(BYTES, Files.readAllBytes(file.path()));
        assertEquals(Status.FINAL, shelf.upload(upload.id()).status());
        assertThrows(GoogleError.class, () -> upload.receive(5, stream(BYTES)));
        assertThrows(GoogleError.class, () -> shelf.finish(upload));
        assertArrayEquals(BYTES, Files.readAllBytes(file.path()));
    }

    @Test
    void lengths_are_held_to_what_was_announced() throws IOException {
        Upload few = shelf.begin(wish("files/few", 6));
        few.receive(0, stream(BYTES));
        assertThrows(GoogleError.class, () -> shelf.finish(few));
        Upload many = shelf.begin(wish("files/many", 4));
        assertThrows(GoogleError.class, () -> many.receive(0, stream(BYTES)));
        assertEquals(Status.CANCELLED, many.status());
        assertEquals(5, space.used());
        GoogleError large =
                assertThrows(GoogleError.class, () -> shelf.begin(wish("files/large", Upload.MAX_BYTES + 1)));
        assertEquals("File size exceeds the limit: 209715200 bytes.", large.getMessage());
    }

    @Test
    void the_disk_has_a_bound_and_gives_back() throws IOException {
        Upload upload = shelf.begin(wish("files/abc"));
        upload.receive(0, stream(new byte[900]));
        GoogleError full = assertThrows(GoogleError.class, () -> upload.receive(900, stream(new byte[101])));
        assertEquals(429, full.code());
        assertEquals(900, space.used());
        upload.cancel();
        assertEquals(0, space.used());
    }

    @Test
    void forgotten_uploads_end_after_a_quarter_of_an_hour_and_cannot_pile_up() throws IOException {
        Upload first = shelf.begin(wish("files/f"));
        first.receive(0, stream(BYTES));
        time.advance(Duration.ofSeconds(1));
        Upload second = shelf.begin(wish("files/second"));
        time.advance(Duration.ofSeconds(1));
        for (int i = 2; i < FileShelf.MAX_UPLOADS; i++) {
            shelf.begin(wish("files/f" + i));
        }
        shelf.finish(first);
        shelf.begin(wish("files/x")); // takes the place of the finished one
        assertEquals(Status.ACTIVE, second.status());
        Upload next = shelf.begin(wish("files/y"));
        assertEquals(Status.CANCELLED, second.status(), "the oldest one makes room");
        assertThrows(GoogleError.class, () -> second.receive(0, stream(BYTES)));
        assertEquals(Status.ACTIVE, next.status());
        time.advance(Duration.ofMinutes(15));
        assertEquals(Status.CANCELLED, next.status());
        assertThrows(GoogleError.class, () -> shelf.upload(next.id()));
        assertEquals(5, space.used());
    }

    @Test
    void an_upload_that_is_written_to_makes_room_for_nobody() throws IOException {
        Upload busy = shelf.begin(wish("files/busy"));
        InputStream refusesOthers = new InputStream() {
            private boolean given;

            @Override
            public int read() throws IOException {
                throw new IOException("not used");
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                if (given) {
                    return -1;
                }
                given = true;
                Upload other = shelf.begin(wish("files/other"));
                GoogleError full = assertThrows(GoogleError.class, () -> other.receive(0, stream(new byte[1001])));
                assertEquals(429, full.code());
                return 600;
            }
        };
        busy.receive(0, refusesOthers);
        assertEquals(600, shelf.finish(busy).content().size());
    }

    @Test
    void the_oldest_files_make_room_for_new_ones() throws IOException {
        StoredFile first = upload(wish("files/first"), new byte[400]);
        time.advance(Duration.ofSeconds(1));
        StoredFile second = upload(wish("files/second"), new byte[400]);
        time.advance(Duration.ofSeconds(1));
        StoredFile third = upload(wish("files/third"), new byte[400]);
        assertEquals(List.of(third, second), shelf.list(KEY));
        assertFalse(Files.exists(first.path()));
        assertEquals(800, space.used());
        try (DiskFile other = space.newFile()) {
            other.grown(600);
            assertEquals(List.of(third), shelf.list(KEY));
            other.grown(400);
            assertEquals(List.of(), shelf.list(KEY));
        }
        assertEquals(0, space.used());
    }

    @Test
    void files_are_bounded_in_number() throws IOException {
        for (int i = 0; i < FileShelf.MAX_FILES + 5; i++) {
            upload(wish("files/f" + i), new byte[1]);
            time.advance(Duration.ofMillis(1));
        }
        assertEquals(FileShelf.MAX_FILES, shelf.list(KEY).size());
        assertThrows(GoogleError.class, () -> shelf.file(KEY, "files/f4"));
        assertEquals("files/f5", shelf.file(KEY, "files/f5").name());
        assertEquals(FileShelf.MAX_FILES, space.used());
    }

    @Test
    void what_became_of_an_upload_is_told_until_it_is_deleted() throws IOException {
        Upload upload = shelf.begin(wish("files/abc"));
        upload.receive(0, stream(BYTES));
        assertEquals(Optional.empty(), shelf.madeOf(upload));
        StoredFile file = shelf.finish(upload);
        assertEquals(Optional.of(file), shelf.madeOf(upload));
        shelf.delete(KEY, "files/abc");
        upload(wish("files/abc"), BYTES);
        assertEquals(Optional.empty(), shelf.madeOf(upload), "another file of that name is none of its");
    }

    @Test
    void everything_is_deleted_with_the_application() throws IOException {
        Path file = upload(wish("files/abc"), BYTES).path();
        Path folder = file.getParent();
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
        }
        space.close();
        assertFalse(Files.exists(folder));
        assertThrows(IOException.class, () -> shelf.begin(wish("files/late")));
    }

    private StoredFile upload(Wish wish, byte[] bytes) throws IOException {
        Upload upload = shelf.begin(wish);
        upload.receive(0, stream(bytes));
        return shelf.finish(upload);
    }

    private static Wish wish(String name) {
        return wish(name, -1);
    }

    private static Wish wish(String name, long length) {
        return new Wish(KEY, name, "a recording", "audio/wav", length, FileShelf.USUAL_PROCESSING, false);
    }

    private static InputStream stream(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }
}
