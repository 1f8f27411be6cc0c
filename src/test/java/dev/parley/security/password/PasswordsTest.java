package dev.parley.security.password;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.security.SignedIn;
import dev.parley.shared.settings.SettingException;
import dev.parley.shared.settings.SettingsReader;
import dev.parley.testkit.ManualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hashes, the file of users, and the check of passwords with its bounded work. */
class PasswordsTest {
    private static final String ADDRESS = "203.0.113.7";
    private static final String GOOD_HASH =
            PasswordHash.of("correct horse", new SecureRandom()).written();

    private static String annas;
    private static String bens;

    @TempDir
    private Path folder;

    private final ManualTime time = new ManualTime();
    private Path file;

    @BeforeAll
    static void hash() {
        annas = HashPassword.line("anna", "correct horse", "talk, admin");
        bens = HashPassword.line("ben", "battery staple", "talk");
    }

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("users"), "# who\n\n" + annas + "\n");
    }

    private PasswordDesk desk(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.putIfAbsent("parley.security.users-file", file.toString());
        return PasswordDesk.read(new SettingsReader(name -> Optional.ofNullable(settings.get(name))), time);
    }

    private void rewrite(String content, int second) throws IOException {
        Files.writeString(file, content);
        Files.setLastModifiedTime(
                file, FileTime.from(Instant.parse("2026-11-22T12:00:00Z").plusSeconds(second)));
        time.advance(Duration.ofSeconds(2));
    }

    @Test
    void a_hash_is_of_one_password_and_never_the_same_twice() {
        PasswordHash hash = PasswordHash.parse(GOOD_HASH);
        assertTrue(hash.matches("correct horse"));
        assertFalse(hash.matches("correct horsE"));
        assertNotEquals(
                GOOD_HASH, PasswordHash.of("correct horse", new SecureRandom()).written());
        assertTrue(GOOD_HASH.startsWith("pbkdf2-sha256$600000$"), GOOD_HASH);
        assertFalse(hash.toString().contains("$"));
    }

    /** The expected value was computed with OpenSSL through Python's hashlib, salt 00 01 … 0f. */
    @Test
    void it_is_pbkdf2_as_others_compute_it() {
        PasswordHash hash = PasswordHash.parse(
                "pbkdf2-sha256$600000$AAECAwQFBgcICQoLDA0ODw$rDdn7aZJAxx0vFeCcZncv492hgaFjXnH5moCwAwub6c");
        assertTrue(hash.matches("Grüße"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "anna",
                "anna:talk",
                "anna:plain:talk",
                ":HASH:talk",
                "an\u0007na:HASH:talk",
                "anna:HASH:ta lk",
                "anna:HASH:talk:more",
                "anna:pbkdf2-sha256$100000$AAECAwQFBgcICQoLDA0ODw$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA:talk",
                "anna:pbkdf2-sha256$99999999$AAECAwQFBgcICQoLDA0ODw$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA:talk"
            })
    void a_wrong_line_stops_the_deployment_and_is_named(String line) throws IOException {
        Files.writeString(file, "# first\n" + line.replace("HASH", GOOD_HASH) + "\n");
        SettingException wrong = assertThrows(SettingException.class, () -> desk(Map.of()));
        assertTrue(String.valueOf(wrong.getMessage()).contains("line 2 "), wrong::getMessage);
        assertFalse(String.valueOf(wrong.getMessage()).contains(GOOD_HASH), "a hash is shown");
    }

    @Test
    void a_name_twice_or_no_file_stops_the_deployment() throws IOException {
        Files.writeString(file, annas + "\n" + annas);
        assertThrows(SettingException.class, () -> desk(Map.of()));
        assertThrows(SettingException.class, () -> desk(Map.of("parley.security.users-file", folder + "/none")));
        assertThrows(SettingException.class, () -> desk(Map.of("parley.security.users-file", " ")));
    }

    @Test
    void the_right_password_signs_in_and_nothing_else_does() {
        PasswordDesk desk = desk(Map.of());
        SignedIn anna = desk.check("anna", "correct horse", ADDRESS).who().orElseThrow();
        assertEquals(new SignedIn("anna", Set.of("talk", "admin")), anna);
        for (String wrong : new String[] {"", "correct", "Correct horse", "correct horse ", "x".repeat(10_000)}) {
            assertEquals(PasswordDesk.Outcome.WRONG, desk.check("anna", wrong, ADDRESS), wrong);
        }
        assertEquals(PasswordDesk.Outcome.WRONG, desk.check("Anna", "correct horse", ADDRESS));
        assertEquals(PasswordDesk.Outcome.WRONG, desk.check("", "correct horse", ADDRESS));
    }

    @Test
    void a_changed_file_counts_at_once_for_remembered_passwords_too() throws IOException {
        PasswordDesk desk = desk(Map.of());
        assertTrue(desk.check("anna", "correct horse", ADDRESS).who().isPresent());
        rewrite(bens + "\n", 10);
        assertTrue(desk.check("anna", "correct horse", ADDRESS).who().isEmpty());
        assertTrue(desk.check("ben", "battery staple", ADDRESS).who().isPresent());
    }

    @Test
    void a_file_that_has_become_wrong_changes_nothing() throws IOException {
        PasswordDesk desk = desk(Map.of());
        rewrite("anna:half a li", 10);
        assertTrue(desk.check("anna", "correct horse", ADDRESS).who().isPresent());
        Files.delete(file);
        time.advance(Duration.ofSeconds(2));
        assertTrue(desk.check("anna", "correct horse", ADDRESS).who().isPresent());
        rewrite(bens, 20);
        assertTrue(desk.check("anna", "correct horse", ADDRESS).who().isEmpty());
    }

    @Test
    void an_address_that_was_wrong_too_often_is_not_listened_to_for_a_while() {
        PasswordDesk desk = desk(Map.of("parley.security.failed-sign-ins-per-minute", "2"));
        desk.check("anna", "wrong", ADDRESS);
        desk.check("nobody", "wrong", ADDRESS);
        PasswordDesk.Outcome third = desk.check("anna", "correct horse", ADDRESS);
        assertEquals(429, third.refusal().orElseThrow().status());
        assertEquals(
                Duration.ofSeconds(30),
                third.refusal().orElseThrow().retryAfter().orElseThrow());
        assertTrue(desk.check("anna", "correct horse", "203.0.113.8").who().isPresent());
        assertTrue(desk.check("anna", "correct horse", ADDRESS).who().isPresent(), "a remembered one costs no hash");
        time.advance(Duration.ofSeconds(30));
        assertEquals(PasswordDesk.Outcome.WRONG, desk.check("anna", "wrong", ADDRESS));
    }

    @Test
    void remembered_for_five_minutes_and_under_a_key_of_this_process() {
        VerifiedPasswords verified = new VerifiedPasswords(new SecureRandom(), time);
        String mark = verified.mark("anna", "secret");
        assertFalse(mark.contains("anna") || mark.contains("secret"));
        assertNotEquals(mark, new VerifiedPasswords(new SecureRandom(), time).mark("anna", "secret"));
        assertNotEquals(verified.mark("a", "bc"), verified.mark("ab", "c"));
        SignedIn anna = new SignedIn("anna", Set.of());
        verified.add(mark, anna, 1);
        time.advance(Duration.ofSeconds(299));
        assertEquals(Optional.of(anna), verified.find(mark, 1));
        assertEquals(Optional.empty(), verified.find(mark, 2));
        time.advance(Duration.ofSeconds(1));
        assertEquals(Optional.empty(), verified.find(mark, 1));
        for (int i = 0; i <= 1_000; i++) {
            verified.add("m" + i, anna, 1);
        }
        assertEquals(Optional.empty(), verified.find("m0", 1));
        assertEquals(Optional.of(anna), verified.find("m1000", 1));
    }

    /** A flood from many addresses gets answers, most of them a refusal, and hashes on half of the processors only. */
    @Test
    void a_flood_of_passwords_is_turned_away() throws Exception {
        PasswordDesk desk = desk(Map.of());
        int flood = 64;
        CountDownLatch start = new CountDownLatch(1);
        CompletableFuture<?>[] askers = new CompletableFuture<?>[flood];
        int[] refused = new int[flood];
        for (int i : IntStream.range(0, flood).toArray()) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            askers[i] = done;
            Thread asker = new Thread(() -> {
                try {
                    start.await();
                    boolean no = desk.check("anna", "guess " + i, "198.51.100." + i)
                            .refusal()
                            .isPresent();
                    refused[i] = no ? 1 : 0;
                    done.complete(null);
                } catch (InterruptedException | RuntimeException failure) {
                    done.completeExceptionally(failure);
                }
            });
            asker.setDaemon(true);
            asker.start();
        }
        start.countDown();
        CompletableFuture.allOf(askers).get(60, TimeUnit.SECONDS);
        int hashed = flood - IntStream.of(refused).sum();
        int places = Math.max(8, 3 * Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
        assertTrue(hashed >= 1, "nobody was checked");
        assertTrue(hashed <= flood - 1 && hashed <= 3 * places, "hashed " + hashed);
    }
}
