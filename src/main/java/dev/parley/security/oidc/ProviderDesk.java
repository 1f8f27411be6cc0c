package dev.parley.security.oidc;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Finds the provider when somebody first needs it, so that this server starts without it, and again every day. While it
 * cannot be reached, one caller in five seconds waits for it and the others are told at once. Thread safe.
 */
final class ProviderDesk {
    private static final Logger LOG = System.getLogger(ProviderDesk.class.getName());
    private static final Duration KEPT = Duration.ofDays(1);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final OidcSettings settings;
    private final Clock clock;
    private final ReentrantLock asking = new ReentrantLock();

    private volatile @Nullable Found found;

    @GuardedBy("asking")
    private Instant askedAt = Instant.MIN;

    private record Found(Provider provider, Instant at) {}

    ProviderDesk(OidcSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** The provider; empty when it cannot be reached now. */
    Optional<Provider> provider() {
        Found known = found;
        if (known != null && clock.instant().isBefore(known.at.plus(KEPT))) {
            return Optional.of(known.provider);
        }
        if (asking.tryLock()) {
            try {
                Instant now = clock.instant();
                if (!now.isBefore(askedAt.plus(PAUSE))) {
                    askedAt = now;
                    ask(now);
                }
            } finally {
                asking.unlock();
            }
        }
        return Optional.ofNullable(found).map(Found::provider);
    }

    private void ask(Instant now) {
        try {
            found = new Found(Provider.discover(settings), now);
        } catch (IOException | RuntimeException failure) { // the SDK wraps some failures in its own
            LOG.log(
                    Level.WARNING,
                    "The sign-in provider {0} does not answer as it should: {1}",
                    settings.issuer(),
                    failure.getMessage());
        }
    }
}
