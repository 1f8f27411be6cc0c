package dev.parley.tools.call;

import dev.parley.tools.offer.CallContext;
import dev.parley.tools.offer.Toolbox;
import dev.parley.tools.run.CallReport;
import dev.parley.tools.run.CallSettings;
import dev.parley.tools.run.CallThreads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.Consumer;

/** Where conversations get their tools: what there is, and the threads that run it. Any thread. */
@ApplicationScoped
public class ToolRoom {
    private final Toolbox toolbox;
    private final CallThreads threads;

    /** For CDI's client proxy only; a proxy is never called before it has its real instance. */
    @SuppressWarnings("NullAway") // the proxy's own fields are never read
    protected ToolRoom() {
        this.toolbox = null;
        this.threads = null;
    }

    /** Offers what is in the box, and runs it on these threads. */
    @Inject
    public ToolRoom(Toolbox toolbox, CallThreads threads) {
        this.toolbox = toolbox;
        this.threads = threads;
    }

    /** What calls are bound by. */
    public CallSettings bounds() {
        return threads.settings();
    }

    /** The calls of one conversation, with the tools that its caller may use at this moment; see {@link ToolCalls}. */
    public ToolCalls open(CallContext context, ToolListener listener, Consumer<CallReport> reports) {
        return new ToolCalls(toolbox.offeredTo(context.caller()), context, threads, listener, reports);
    }
}
