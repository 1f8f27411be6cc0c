package dev.parley.operations;

import dev.parley.conversation.ConversationRegistry;
import dev.parley.conversation.QuietRegistry;
import dev.parley.conversation.event.ConversationEvent;
import dev.parley.gemini.access.UpstreamAccess;
import dev.parley.gemini.models.ModelProbe;
import dev.parley.gemini.rest.http.RestTransport;
import dev.parley.gemini.settings.ApiKeys;
import dev.parley.gemini.settings.LiveAddress;
import dev.parley.gemini.settings.LiveDefaults;
import dev.parley.limits.LimitSettings;
import dev.parley.limits.NodeAdmission;
import dev.parley.media.AudioDecoders;
import dev.parley.operations.board.Board;
import dev.parley.operations.desk.ConversationDesk;
import dev.parley.operations.desk.DrainDesk;
import dev.parley.operations.desk.KeyDesk;
import dev.parley.operations.desk.LimitDesk;
import dev.parley.operations.diagnostics.DiagnosticsDesk;
import dev.parley.operations.diagnostics.OwnAddress;
import dev.parley.shared.execution.BlockingWork;
import dev.parley.shared.settings.ApiKey;
import dev.parley.shared.settings.SettingsReader;
import dev.parley.testkit.ManualTime;
import dev.parley.testkit.RealThreads;
import java.util.List;
import java.util.Optional;

/** The operator's desk of a server without a key, in a test's own time. */
public final class OperationsRoom implements AutoCloseable {
    public final ManualTime time = new ManualTime();
    public final NodeAdmission admission;
    public final ConversationRegistry registry;
    public final Board board = new Board(time);
    public final ConversationDesk conversations;
    public final LimitDesk limits;
    public final KeyDesk keys;
    public final DrainDesk drain;
    public final DiagnosticsDesk diagnostics;
    public final LiveAddress gemini;
    private final RealThreads threads = new RealThreads();

    public OperationsRoom() {
        SettingsReader reader = new SettingsReader(name -> Optional.empty());
        OperationsSettings settings = new OperationsSettings(reader);
        admission = new NodeAdmission(List.of(ApiKey.SIMULATOR), LimitSettings.read(reader), time, time);
        registry = QuietRegistry.with(admission, time);
        conversations = new ConversationDesk(registry);
        limits = new LimitDesk(admission);
        keys = new KeyDesk(admission, board);
        drain = new DrainDesk(registry, settings, time, time);
        gemini = new LiveAddress(reader, new ApiKeys(reader));
        diagnostics = new DiagnosticsDesk(
                admission,
                (request, listener) -> {
                    throw new AssertionError("nobody dials");
                },
                new LiveDefaults(reader),
                new ModelProbe(
                        reader,
                        new RestTransport(
                                reader,
                                gemini,
                                new UpstreamAccess(reader, threads.executor(), time, time),
                                threads.factory(),
                                time,
                                time)),
                gemini,
                new AudioDecoders(),
                board,
                new BlockingWork(threads.executor(), time, time),
                new OwnAddress(settings));
    }

    /** Something happened to a conversation. */
    public void tell(ConversationEvent event) {
        board.observe(event);
    }

    @Override
    public void close() {
        threads.close();
    }
}
