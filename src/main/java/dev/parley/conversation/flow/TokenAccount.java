package dev.parley.conversation.flow;

import dev.parley.limits.SessionLease;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a conversation costs, told to its lease; holds the lease and gives it back. Confined to the mailbox.
 */
public final class TokenAccount implements AutoCloseable {
    /** The person's audio is reported in steps of a second. */
    private static final int STEP_BYTES = 2 * Pcm.INPUT_RATE;

    private @Nullable SessionLease lease;
    private int unreportedBytes;

    /** Takes the lease over. */
    public void open(SessionLease granted) {
        lease = granted;
    }

    /** Audio of the person leaves; false when the budget of the minute is spent. */
    public boolean sent(int bytes) {
        unreportedBytes += bytes;
        if (unreportedBytes < STEP_BYTES) {
            return true;
        }
        Duration audio = Pcm.duration(unreportedBytes, Pcm.INPUT_RATE);
        unreportedBytes = 0;
        return received(audio);
    }

    /** Audio of the model came; false when the budget of the minute is spent. */
    public boolean received(Duration audio) {
        SessionLease held = lease;
        if (held == null) {
            return true;
        }
        held.recordAudio(audio.toMillis());
        return held.withinTokenBudget();
    }

    /** The upstream reported tokens, which replaces what was estimated; false when the budget is spent. */
    public boolean used(long totalTokens) {
        SessionLease held = lease;
        if (held == null) {
            return true;
        }
        unreportedBytes = 0;
        held.recordUsage(totalTokens);
        return held.withinTokenBudget();
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
