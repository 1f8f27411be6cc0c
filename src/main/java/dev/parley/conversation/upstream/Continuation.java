package dev.parley.conversation.upstream;

import dev.parley.gemini.live.LiveEvent;
import dev.parley.gemini.live.LiveRequest;
import dev.parley.gemini.settings.ModelTable;
import dev.parley.gemini.settings.ModelTraits;
import dev.parley.gemini.settings.ModelTraits.Feature;
import dev.parley.shared.failure.FailureKind;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the next connection is asked for: the same as the first one, going on with the session that the upstream remembers,
 * as long as it does; then a new session that is told what was said. Confined to the mailbox.
 */
final class Continuation {
    /** With this close code a server refuses, before the setup is complete, a handle that it does not know. */
    private static final int POLICY_VIOLATION = 1008;

    private final LiveRequest request;
    private final ModelTraits model;
    private final Supplier<List<LiveRequest.Said>> said;
    private Optional<String> handle = Optional.empty();

    /** The upstream refused to be told what was said. */
    private boolean untold;

    /** What the connection being set up was asked for. */
    private LiveRequest asked;

    /** Begins a session. */
    Continuation(LiveRequest request, Supplier<List<LiveRequest.Said>> said) {
        this.request = request;
        this.model = ModelTable.traits(request.model());
        this.asked = request;
        this.said = said;
    }

    LiveRequest next() {
        asked = handle.map(request::resuming)
                .orElseGet(() -> request.remembering(takesHistory() ? said.get() : List.of()));
        return asked;
    }

    /** The upstream names the session; an event without a name leaves the last one valid. */
    void named(LiveEvent.ResumptionHandle event) {
        if (event.handle().isPresent()) {
            handle = event.handle();
        }
    }

    /** A connection ended before it was ready: whether for what it was to go on with, which is not asked for again then. */
    boolean endedBecauseOfPast(LiveEvent.Closed event) {
        boolean refused = event.code() == POLICY_VIOLATION || event.kind() == FailureKind.UPSTREAM_REFUSED;
        if (refused && handle.isPresent()) {
            handle = Optional.empty(); // expired or unknown: a fresh session is better than none
            return true;
        }
        if (refused && !asked.history().isEmpty()) {
            untold = true; // this model takes no history after all
            return true;
        }
        return false;
    }

    private boolean takesHistory() {
        return !untold && model.takes(Feature.HISTORY);
    }

    /** Whether the connection that was asked for last begins a session of its own. */
    boolean isFresh() {
        return asked.resumptionHandle().isEmpty();
    }

    /** Whether the connection that was asked for last answers without knowing what was said before. */
    boolean isForgetful() {
        return isFresh() && asked.history().isEmpty() && model.takes(Feature.AUDIO_ANSWERS);
    }

    /** Whether the upstream writes down what it hears, so that it cannot hear and say nothing. */
    boolean isTranscribed() {
        return model.takes(Feature.INPUT_TRANSCRIPTION);
    }
}
