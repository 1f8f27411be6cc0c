package dev.parley.gemini.access.token;

import com.google.auth.oauth2.GoogleCredentials;
import dev.parley.gemini.service.VertexAi;
import dev.parley.shared.settings.SettingException;
import dev.parley.shared.settings.SettingsReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The file with credentials that the operator names; checked at start, read anew for each token, so it may be replaced. */
public final class CredentialsFile {
    /** Google's own name for it, which its tools set (Application Default Credentials). */
    private static final String COMMON = "GOOGLE_APPLICATION_CREDENTIALS";

    private static final String ALLOWED = "a readable JSON file with credentials of Google Cloud: the key of a service"
            + " account, or a configuration of workload identity federation (docs/vertex.md)";

    private CredentialsFile() {}

    /** The file, when one is named. */
    public static Optional<Path> read(SettingsReader reader) {
        return List.of(VertexAi.CREDENTIALS_SETTING, COMMON).stream()
                .filter(setting -> reader.text(setting).isPresent())
                .findFirst()
                .map(setting -> checked(reader, setting, reader.text(setting).orElseThrow()));
    }

    /** Its credentials. */
    static GoogleCredentials open(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return GoogleCredentials.fromStream(in);
        }
    }

    private static Path checked(SettingsReader reader, String setting, String text) {
        SettingException refusal = reader.refuse(setting, text, ALLOWED);
        try {
            Path file = Path.of(text);
            open(file);
            return file;
        } catch (IOException | IllegalArgumentException unusable) {
            refusal.initCause(new IOException(SecretText.without(String.valueOf(unusable.getMessage()))));
            throw refusal;
        }
    }
}
