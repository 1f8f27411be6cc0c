package dev.parley.gemini.access;

import dev.parley.gemini.access.token.AccessFailure;
import dev.parley.gemini.access.token.CredentialsFile;
import dev.parley.gemini.access.token.GoogleTokens;
import dev.parley.gemini.access.token.TokenKeeper;
import dev.parley.gemini.service.GoogleService;
import dev.parley.shared.execution.MayBlock;
import dev.parley.shared.execution.Timers;
import dev.parley.shared.settings.ApiKey;
import dev.parley.shared.settings.SettingsReader;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The credentials for requests to Google: a key as it is configured, or a token for Vertex AI. Thread safe. */
@ApplicationScoped
public class UpstreamAccess {
    private final @Nullable TokenKeeper tokens;

    /** For CDI's client proxy only. */
    protected UpstreamAccess() {
        tokens = null;
    }

    /** Reads the settings; credentials that cannot be read stop the deployment. */
    @Inject
    public UpstreamAccess(SettingsReader reader, @MayBlock Executor executor, Clock clock, Timers timers) {
        tokens = GoogleService.read(reader).isVertex()
                ? new TokenKeeper(new GoogleTokens(CredentialsFile.read(reader), clock), executor, clock, timers)
                : null;
    }

    /** Gets the first token while nobody waits for it, and tells the log when there is none. */
    void begin(@Observes @Initialized(ApplicationScoped.class) Object started) {
        if (tokens != null) {
            tokens.fetchAhead();
        }
    }

    /** Tokens are not kept up any more. */
    @PreDestroy
    void end() {
        if (tokens != null) {
            tokens.close();
        }
    }

    /**
     * What a request on behalf of {@code key} shows. At once for a key and while a token holds; otherwise blocks until
     * there is a new one, which may take as long as the token server does, so not on threads that must not block.
     *
     * @throws AccessFailure when there is no token to be had
     */
    public Credential credential(ApiKey key) {
        return tokens == null || !key.standsForProject() ? Credential.of(key) : Credential.of(tokens.current());
    }

    /**
     * Takes note that Google did not take a credential (401).
     *
     * @return whether another one can be had, so that the same request may be tried once more
     */
    public boolean refused(Credential credential) {
        if (tokens == null || !credential.token()) {
            return false;
        }
        tokens.drop(credential.secret());
        return true;
    }

    /** Whether a token is being waited for at this moment. */
    public boolean isFetching() {
        return tokens != null && tokens.isFetching();
    }
}
