package dev.parley.gemini.access.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.settings.SettingException;
import dev.parley.shared.settings.SettingsReader;
import dev.parley.testkit.ChildJvm;
import dev.parley.testkit.ScriptedRestServer;
import dev.parley.testkit.ScriptedTokenServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Google's auth library against scripted servers. */
class GoogleTokensTest {
    private static final String SETTING = "parley.gemini.vertex.credentials-file";

    @TempDir
    private Path folder;

    private static Token fetch(Path file) {
        return new GoogleTokens(Optional.of(file), Clock.systemUTC()).fetch();
    }

    @Test
    void a_service_account_exchanges_its_assertion_for_a_token() {
        try (ScriptedTokenServer server =
                ScriptedTokenServer.start().lives(Duration.ofMinutes(20), Duration.ofHours(1))) {
            Instant before = Instant.now();
            Token token = fetch(server.credentialsFile(folder));
            assertEquals(server.issued(), List.of(token.secret().reveal()));
            long life = Duration.between(before, token.expires()).toSeconds();
            assertTrue(life >= 1199 && life <= 1230, () -> life + " s");
            assertEquals(Optional.empty(), token.payer());
            assertFalse(token.toString().contains(token.secret().reveal()));
        }
    }

    @Test
    void a_file_that_was_replaced_is_read_anew() throws IOException {
        try (ScriptedTokenServer former = ScriptedTokenServer.start();
                ScriptedTokenServer present = ScriptedTokenServer.start()) {
            Path file = former.credentialsFile(folder);
            GoogleTokens tokens = new GoogleTokens(Optional.of(file), Clock.systemUTC());
            tokens.fetch();
            present.credentialsFile(folder);
            tokens.fetch();
            assertEquals(1, former.issued().size());
            assertEquals(1, present.issued().size());
            Files.delete(file);
            AccessFailure gone = assertThrows(AccessFailure.class, tokens::fetch);
            assertEquals(FailureKind.UPSTREAM_REFUSED, gone.kind());
            assertTrue(String.valueOf(gone.getMessage()).contains(SETTING), gone::toString);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, '{\"error\":\"invalid_grant\",\"error_description\":\"Invalid JWT Signature.\"}', UPSTREAM_REFUSED, the clock of this server",
        "400, '{\"error\":\"invalid_client\"}', UPSTREAM_REFUSED, (invalid_client)",
        "403, '<html>no</html>', UPSTREAM_REFUSED, gave no access token",
        "200, '{\"token_type\":\"Bearer\"}', UPSTREAM_REFUSED, gave no access token",
        "504, 'late', UPSTREAM_UNAVAILABLE, is not available now"
    })
    void what_the_token_server_refuses_is_told_in_words(int status, String body, FailureKind kind, String words) {
        try (ScriptedTokenServer server = ScriptedTokenServer.start().first(answer -> answer.json(status, body))) {
            AccessFailure failure = assertThrows(AccessFailure.class, () -> fetch(server.credentialsFile(folder)));
            assertEquals(kind, failure.kind(), failure.details());
            assertTrue(String.valueOf(failure.getMessage()).contains(words), failure::toString);
            assertNoSecret(failure);
        }
    }

    @Test
    void a_token_server_that_is_down_can_be_tried_again() {
        ScriptedTokenServer server = ScriptedTokenServer.start();
        Path file = server.credentialsFile(folder);
        server.close();
        AccessFailure failure = assertThrows(AccessFailure.class, () -> fetch(file));
        assertEquals(FailureKind.UPSTREAM_UNAVAILABLE, failure.kind(), failure.details());
        assertTrue(String.valueOf(failure.getMessage()).contains("cannot be reached"), failure::toString);
    }

    /** Of everything that could be printed: sentence, details, every cause. */
    private static void assertNoSecret(AccessFailure failure) {
        StringBuilder all = new StringBuilder(failure.details());
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            all.append('\n').append(cause);
        }
        assertFalse(all.indexOf("eyJ") >= 0, all::toString);
        assertFalse(all.indexOf("PRIVATE KEY") >= 0, all::toString);
    }

    @Test
    void on_google_cloud_the_metadata_server_gives_the_token() {
        try (ScriptedRestServer metadata = ScriptedRestServer.start().script(GoogleTokensTest::metadata)) {
            ChildJvm.run(
                    Map.of(
                            "GCE_METADATA_HOST", metadata.address().getAuthority(),
                            "CLOUDSDK_CONFIG", folder.toString(),
                            "GOOGLE_APPLICATION_CREDENTIALS", ""),
                    List.of("-Duser.home=" + folder),
                    FoundTokens.class.getName(),
                    "ya29.of-the-machine");
            assertTrue(
                    metadata.requests().stream().allMatch(request -> request.header("Metadata-Flavor")
                            .equals("Google")),
                    metadata.requests()::toString);
        }
    }

    private static void metadata(ScriptedRestServer.Answer answer) throws IOException {
        answer.exchange().getResponseHeaders().set("Metadata-Flavor", "Google");
        if (answer.request().target().contains("/token")) {
            answer.json(
                    200, "{\"access_token\":\"ya29.of-the-machine\",\"expires_in\":3599,\"token_type\":\"Bearer\"}");
        } else {
            answer.send(200, "text/plain", "default");
        }
    }

    @Test
    void where_nothing_is_found_the_operator_is_told_what_would_help() {
        ChildJvm.run(
                Map.of(
                        "NO_GCE_CHECK",
                        "true",
                        "CLOUDSDK_CONFIG",
                        folder.toString(),
                        "GOOGLE_APPLICATION_CREDENTIALS",
                        ""),
                List.of("-Duser.home=" + folder),
                FoundTokens.class.getName(),
                "");
    }

    @ParameterizedTest
    @ValueSource(strings = {SETTING, "GOOGLE_APPLICATION_CREDENTIALS"})
    void a_file_that_is_none_stops_the_deployment(String setting) throws IOException {
        assertRefused(setting, folder.resolve("absent.json").toString());
        assertRefused(setting, folder.toString());
        assertRefused(setting, "\0");
        assertRefused(setting, Files.writeString(folder.resolve("a.json"), "{").toString());
        assertRefused(
                setting,
                Files.writeString(folder.resolve("b.json"), "{\"type\":\"house_key\"}")
                        .toString());
        assertRefused(
                setting,
                Files.writeString(folder.resolve("c.json"), "{\"type\":\"service_account\",\"private_key\":\"hush\"}")
                        .toString());
    }

    private static void assertRefused(String setting, String value) {
        SettingsReader reader = reader(Map.of(setting, value));
        SettingException refusal = assertThrows(SettingException.class, () -> CredentialsFile.read(reader));
        String message = String.valueOf(refusal.getMessage());
        assertTrue(message.contains(setting) && message.contains(value), message);
        assertFalse((message + refusal.getCause()).contains("hush"), message);
    }

    @Test
    void parley_s_own_setting_goes_before_the_common_one() {
        try (ScriptedTokenServer server = ScriptedTokenServer.start()) {
            Path file = server.credentialsFile(folder);
            assertEquals(
                    Optional.of(file),
                    CredentialsFile.read(
                            reader(Map.of(SETTING, file.toString(), "GOOGLE_APPLICATION_CREDENTIALS", "absent"))));
            assertEquals(Optional.empty(), CredentialsFile.read(reader(Map.of())));
        }
    }

    static SettingsReader reader(Map<String, String> settings) {
        return new SettingsReader(name -> Optional.ofNullable(settings.get(name)));
    }
}
