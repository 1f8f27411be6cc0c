package dev.parley.operations.desk;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.conversation.ConversationRegistry;
import dev.parley.operations.OperationsSettings;
import dev.parley.shared.execution.Timers;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Empties the node for maintenance: nobody is let in, those who talk are told, and what still runs when the time is over is
 * ended. It can be called off at any moment. Thread safe.
 */
@ApplicationScoped
public class DrainDesk {
    private static final Logger LOG = System.getLogger(DrainDesk.class.getName());

    private final ConversationRegistry registry;
    private final Duration patience;
    private final Clock clock;
    private final Timers timers;
    private final Object lock = new Object();

    /** When conversations are ended; null while the node is not drained. */
    @GuardedBy("lock")
    private @Nullable Instant endsAt;

    @GuardedBy("lock")
    private Timers.Timer timer = () -> {};

    /** For CDI's client proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own fields are never read
    protected DrainDesk() {
        registry = null;
        patience = Duration.ZERO;
        clock = null;
        timers = null;
    }

    /** Not drained. */
    @Inject
    public DrainDesk(ConversationRegistry registry, OperationsSettings settings, Clock clock, Timers timers) {
        this.registry = registry;
        this.patience = settings.drainTime();
        this.clock = clock;
        this.timers = timers;
    }

    /** How it stands. */
    public DrainView state() {
        synchronized (lock) {
            boolean byOperator = endsAt != null;
            Duration left = endsAt == null ? Duration.ZERO : Duration.between(clock.instant(), endsAt);
            return new DrainView(
                    registry.isDraining(),
                    byOperator,
                    Math.max(0, left.plusMillis(999).toSeconds()),
                    registry.open().size());
        }
    }

    /** Begins; does nothing when it has begun. */
    public DrainView drain(String operator) {
        synchronized (lock) {
            if (endsAt == null) {
                endsAt = clock.instant().plus(patience);
                registry.retire(patience);
                timer = timers.schedule(patience, this::end);
                LOG.log(
                        Level.INFO,
                        "This node is drained by {0}: {1} conversations may go on for {2} s",
                        operator,
                        registry.open().size(),
                        patience.toSeconds());
            }
        }
        return state();
    }

    private void end() {
        synchronized (lock) {
            if (endsAt != null) {
                registry.endAll();
            }
        }
    }

    /** Calls it off; does nothing when it has not begun. */
    public DrainView undrain(String operator) {
        synchronized (lock) {
            if (endsAt != null) {
                endsAt = null;
                timer.cancel();
                registry.stay();
                LOG.log(Level.INFO, "This node is opened again by {0}", operator);
            }
        }
        return state();
    }

    @PreDestroy
    void forget() {
        synchronized (lock) {
            timer.cancel();
        }
    }
}
