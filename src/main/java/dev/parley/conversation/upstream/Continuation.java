package dev.parley.conversation.upstream;

import dev.parley.gemini.live.LiveEvent;
import dev.parley.gemini.live.LiveRequest;
import dev.parley.shared.failure.FailureKind;
import java.util.Optional;

/**
 * What the next connection is asked for: the same as the first one, going on with the session that the upstream
 * remembers, as long as it does. Confined to the mailbox.
 */
final class Continuation {
    /** With this close code a server refuses, before the setup is complete, a handle that it does not know. */
    private static final int POLICY_VIOLATION = 1008;

    private final LiveRequest request;
    private Optional<String> handle = Optional.empty();

    Continuation(LiveRequest request) {
        this.request = request;
    }

    LiveRequest next() {
        return request.resuming(handle);
    }

    /** The upstream names the session; an event without a name leaves the last one valid. */
    void named(LiveEvent.ResumptionHandle event) {
        if (event.handle().isPresent()) {
            handle = event.handle();
        }
    }

    /** A connection ended before it was ready: whether for its handle, which is forgotten then. */
    boolean endedBecauseOfHandle(LiveEvent.Closed event) {
        boolean refused = handle.isPresent()
                && (event.code() == POLICY_VIOLATION || event.kind() == FailureKind.UPSTREAM_REFUSED);
        if (refused) {
            handle = Optional.empty(); // expired or unknown: a fresh session is better than none
        }
        return refused;
    }

    /** Whether the next connection knows nothing of what was said. */
    boolean isFresh() {
        return handle.isEmpty();
    }
}
