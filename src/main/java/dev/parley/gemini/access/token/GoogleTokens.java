package dev.parley.gemini.access.token;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import dev.parley.shared.settings.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tokens from Google's auth library: for the credentials in a file, or for what it finds where this runs (Application
 * Default Credentials: gcloud's own file, the metadata server of Google Cloud). The library gives a token server 20 s to
 * connect and 20 s to answer, and asks up to three times again while that says it is busy.
 */
public final class GoogleTokens implements TokenSource {
    private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";

    /** Of a token that does not say when it ends; Google's live an hour. */
    private static final Duration ASSUMED_LIFE = Duration.ofMinutes(10);

    private final Optional<Path> file;
    private final Clock clock;

    /** What the library found; it looks again for as long as it finds nothing. */
    private volatile @Nullable GoogleCredentials found;

    /** Of the file, or of what there is. */
    public GoogleTokens(Optional<Path> file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    @Override
    public Token fetch() {
        try {
            GoogleCredentials credentials = credentials().createScoped(SCOPE);
            AccessToken token = credentials.refreshAccessToken();
            return new Token(
                    new Secret(token.getTokenValue()),
                    end(token.getExpirationTime()),
                    Optional.ofNullable(credentials.getQuotaProjectId()));
        } catch (IOException | RuntimeException failure) {
            throw AccessFailures.of(failure);
        }
    }

    private GoogleCredentials credentials() throws IOException {
        if (file.isPresent()) {
            return CredentialsFile.open(file.get());
        }
        GoogleCredentials known = found;
        if (known == null) {
            known = GoogleCredentials.getApplicationDefault();
            found = known;
        }
        return known;
    }

    private Instant end(@Nullable Date told) {
        return told == null ? clock.instant().plus(ASSUMED_LIFE) : told.toInstant();
    }
}
