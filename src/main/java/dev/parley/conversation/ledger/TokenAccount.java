package dev.parley.conversation.ledger;

import dev.parley.limits.SessionLease;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a conversation costs, told to its lease; holds the lease and gives it back. Confined to the mailbox.
 */
public final class TokenAccount implements AutoCloseable {
    /** The person's audio is reported in steps of a second. */
    private static final int STEP_BYTES = 2 * Pcm.INPUT_RATE;

    private final Runnable spent;
    private @Nullable SessionLease lease;
    private int unreportedBytes;

    /**
     * An account without a lease.
     *
     * @param spent runs whenever something is counted and the budget of the minute is spent
     */
    public TokenAccount(Runnable spent) {
        this.spent = spent;
    }

    /** Takes the lease over. */
    public void open(SessionLease granted) {
        lease = granted;
    }

    /** Audio of the person leaves. */
    public void sent(int bytes) {
        unreportedBytes += bytes;
        if (unreportedBytes >= STEP_BYTES) {
            Duration audio = Pcm.duration(unreportedBytes, Pcm.INPUT_RATE);
            unreportedBytes = 0;
            received(audio);
        }
    }

    /** Audio of the model came. */
    public void received(Duration audio) {
        count(held -> held.recordAudio(audio.toMillis()));
    }

    /** The upstream reported tokens, which replaces what was estimated. */
    public void used(long totalTokens) {
        unreportedBytes = 0;
        count(held -> held.recordUsage(totalTokens));
    }

    private void count(Consumer<SessionLease> record) {
        SessionLease held = lease;
        if (held != null) {
            record.accept(held);
            if (!held.withinTokenBudget()) {
                spent.run();
            }
        }
    }

    @Override
    public void close() {
        SessionLease held = lease;
        lease = null;
        if (held != null) {
            held.close();
        }
    }
}
