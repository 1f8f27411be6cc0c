package dev.parley.operations.metrics;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.ConversationRegistry;
import dev.parley.conversation.event.ConversationState;
import dev.parley.gemini.live.UpstreamCounters;
import dev.parley.gemini.watch.KeyHealth;
import dev.parley.limits.LimitsSnapshot;
import dev.parley.limits.NodeAdmission;
import dev.parley.media.worker.ApplicationWorkers;
import dev.parley.media.worker.pool.WorkerCounters;
import dev.parley.media.worker.pool.WorkerOutcome;
import dev.parley.shared.figures.FigureBoard;
import dev.parley.shared.figures.FigureSource;
import dev.parley.tools.run.CallCounters;
import dev.parley.tools.run.CallThreads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;

/** What the rooms below count anyway, shown. Any thread. */
@ApplicationScoped
class CapabilityFigures implements FigureSource {
    private static final Map<String, String> NONE = Map.of();

    private final ConversationRegistry conversations;
    private final NodeAdmission admission;
    private final UpstreamCounters upstream;
    private final KeyHealth keys;
    private final ApplicationWorkers workers;
    private final WorkerCounters recordings;
    private final CallThreads calls;

    /** For CDI's client proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own fields are never read
    protected CapabilityFigures() {
        conversations = null;
        admission = null;
        upstream = null;
        keys = null;
        workers = null;
        recordings = null;
        calls = null;
    }

    @Inject
    CapabilityFigures(
            ConversationRegistry conversations,
            NodeAdmission admission,
            UpstreamCounters upstream,
            KeyHealth keys,
            ApplicationWorkers workers,
            WorkerCounters recordings,
            CallThreads calls) {
        this.conversations = conversations;
        this.admission = admission;
        this.upstream = upstream;
        this.keys = keys;
        this.workers = workers;
        this.recordings = recordings;
        this.calls = calls;
    }

    @Override
    public void show(FigureBoard board) {
        showConversations(board);
        showLimits(board);
        showUpstream(board);
        showWorkers(board);
        showTools(board);
    }

    private void showConversations(FigureBoard board) {
        for (ConversationState state : ConversationState.values()) {
            if (state != ConversationState.CLOSED) {
                board.level(
                        "conversations",
                        "",
                        "Conversations on this node, by state",
                        Map.of("state", state.name()),
                        () -> conversations.open().stream()
                                .map(Conversation::state)
                                .filter(state::equals)
                                .count());
            }
        }
        board.level(
                "mailbox.audio",
                "bytes",
                "Audio of clients that waits to be taken by its conversation",
                NONE,
                conversations::waitingAudioBytes);
        board.level("draining", "", "1 while nobody new gets in", NONE, () -> conversations.isDraining() ? 1 : 0);
    }

    private void showLimits(FigureBoard board) {
        for (LimitsSnapshot.KeyUse use : admission.snapshot().keys()) {
            Map<String, String> key = Map.of("key", use.name());
            board.level("slots.held", "", "Conversation slots in use", key, () -> of(use.name(), k -> k.held()));
            board.level(
                    "key.tokens",
                    "",
                    "Tokens of the last minute, estimates included",
                    key,
                    () -> of(use.name(), k -> k.tokens()));
            board.level(
                    "key.accepted",
                    "",
                    "1: Google takes the key; 0: it does not; NaN: it has not said yet",
                    key,
                    () -> keys.of(use.name())
                            .map(verdict -> verdict.accepted() ? 1.0 : 0.0)
                            .orElse(Double.NaN));
        }
        board.level("slots.waiting", "", "Who waits for a slot", NONE, () -> admission
                .snapshot()
                .waiting());
        board.total("slots.granted", "", "Slots given", NONE, () -> admission
                .snapshot()
                .granted());
        board.total("slots.refused", "", "Who waited, or wanted to, in vain", NONE, () -> admission
                .snapshot()
                .refused());
        board.total("slots.reclaimed", "", "Slots that nobody gave back: each is a defect", NONE, () -> admission
                .snapshot()
                .reclaimed());
    }

    private double of(String key, ToDoubleFunction<LimitsSnapshot.KeyUse> figure) {
        return admission.snapshot().keys().stream()
                .filter(use -> use.name().equals(key))
                .mapToDouble(figure)
                .findFirst()
                .orElse(0);
    }

    private void showUpstream(FigureBoard board) {
        board.total("upstream.dials", "", "Dials begun", NONE, upstream::dials);
        board.total(
                "upstream.unreadable.frames", "", "Frames that nobody understands", NONE, upstream::unreadableFrames);
        board.total(
                "upstream.unknown.messages",
                "",
                "Messages with nothing in them that this version knows",
                NONE,
                upstream::unknownMessages);
        board.total("upstream.nudged.writes", "", "Writes that had to be pushed on", NONE, upstream::nudgedWrites);
        board.total(
                "websocket.dropped",
                "bytes",
                "Audio that did not fit into what may wait for a WebSocket",
                Map.of("side", "upstream"),
                upstream::droppedAudioBytes);
        upstream.closes().show(board);
    }

    private void showWorkers(FigureBoard board) {
        board.level("worker.processes", "", "Processes that decode audio, the spare included", NONE, workers::running);
        for (WorkerOutcome outcome : WorkerOutcome.values()) {
            showRecordings(board, small(outcome), () -> recordings.total(outcome));
        }
        showRecordings(board, "turned_away", recordings::turnedAway);
    }

    private static void showRecordings(FigureBoard board, String outcome, DoubleSupplier total) {
        board.total(
                "worker.recordings",
                "",
                "Streams and recordings given to worker processes, by what became of them",
                Map.of("outcome", outcome),
                total);
    }

    private void showTools(FigureBoard board) {
        board.level("tool.running", "", "Calls of tools that run", NONE, calls::running);
        for (CallCounters.End end : CallCounters.End.values()) {
            board.total(
                    "tool.calls",
                    "",
                    "Calls of tools, by their end",
                    Map.of("outcome", small(end)),
                    () -> calls.counters().total(end));
        }
    }

    private static String small(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
