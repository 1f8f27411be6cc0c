package dev.parley.conversation.person;

import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What the person does while the end of what they said before is still being decoded elsewhere, in its order. Bounded in
 * bytes; more than that ends the conversation, since neither words nor their order may be lost. Confined to the mailbox.
 */
final class Backlog {
    /** Minutes of AAC: what waits for it is over in less than a second. */
    static final int MOST_BYTES = 1 << 20;

    private static final int DEED_BYTES = 128;

    private final ArrayDeque<Deed> deeds = new ArrayDeque<>();
    private long bytes;

    private record Deed(int bytes, Runnable action) {}

    /**
     * Keeps a deed behind all others.
     *
     * @param size bytes that it keeps alive
     * @throws ParleyException {@code TOO_LARGE} when too much waits already
     */
    void add(int size, Runnable action) {
        int cost = size + DEED_BYTES;
        if (bytes + cost > MOST_BYTES) {
            throw new ParleyException(
                    FailureKind.TOO_LARGE, "Audio came faster than it can be decoded. Send it as it is recorded.");
        }
        bytes += cost;
        deeds.add(new Deed(cost, action));
    }

    /** Keeps the rest of a deed that has begun, before all others. */
    void addFirst(Runnable action) {
        deeds.addFirst(new Deed(0, action));
    }

    /** The next deed, which is kept no longer; null when there is none. */
    @Nullable
    Runnable poll() {
        Deed next = deeds.poll();
        if (next == null) {
            return null;
        }
        bytes -= next.bytes;
        return next.action;
    }

    void clear() {
        deeds.clear();
        bytes = 0;
    }
}
