package dev.parley.tools.mcp;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.shared.execution.Timers;
import dev.parley.tools.ToolException;
import dev.parley.tools.mcp.McpSettings.Server;
import dev.parley.tools.offer.OfferedTool;
import dev.parley.tools.offer.ToolSource;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ListToolsResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One server and what it offers: looked at every five minutes, and 10 s to five minutes after a failure. Looks run one at a time
 * on a thread that may block; calls run on those of the tools.
 */
final class McpServer implements ToolSource, AutoCloseable {
    private static final Duration EVERY = Duration.ofMinutes(5);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(10);

    /** Of a list of tools: each has at least one, and a model takes no more than a few hundred. */
    private static final int MOST_PAGES = 64;

    /** A quarter of what a model takes (Live API, function declarations: 512). */
    private static final int MOST_TOOLS = 128;

    /** Of those that are left out, in one line of the log. */
    private static final int MOST_NAMED = 10;

    private static final Logger LOG = System.getLogger(McpServer.class.getName());

    private final Server server;
    private final Function<Server, McpSyncClient> clients;
    private final Executor threads;
    private final Timers timers;
    private final Object lock = new Object();
    private volatile List<OfferedTool> tools = List.of();

    @GuardedBy("lock")
    private @Nullable McpSyncClient client;

    @GuardedBy("lock")
    private Timers.@Nullable Timer next;

    @GuardedBy("lock")
    private boolean closed;

    /** Of looks, which come one after another. */
    private Duration retry = FIRST_RETRY;

    private String lastTold = "";

    /** A server that nobody has looked at. */
    McpServer(Server server, Function<Server, McpSyncClient> clients, Executor threads, Timers timers) {
        this.server = server;
        this.clients = clients;
        this.threads = threads;
        this.timers = timers;
    }

    @Override
    public String name() {
        return server.name();
    }

    @Override
    public List<OfferedTool> tools() {
        return tools;
    }

    /** Looks for the first time, and from then on by itself; returns at once. */
    void begin() {
        try {
            threads.execute(this::look);
        } catch (RejectedExecutionException busy) {
            later(FIRST_RETRY);
        }
    }

    private void look() {
        try {
            McpSyncClient connected = connected();
            offer(listed(connected));
            retry = FIRST_RETRY;
            later(EVERY);
        } catch (RuntimeException unreachable) { // the SDK has many kinds of its own
            tools = List.of();
            disconnect();
            tell(Level.WARNING, "cannot be used, and is tried again: " + reason(unreachable));
            later(retry);
            retry = retry.multipliedBy(2).compareTo(EVERY) < 0 ? retry.multipliedBy(2) : EVERY;
        }
    }

    /** Offers what can be offered; of the rest it tells the names and why. */
    private void offer(List<Tool> listed) {
        List<OfferedTool> found = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        for (Tool tool : listed) {
            Consumer<String> why = reason -> leftOut.add(shortened(tool.name()) + " (" + reason + ")");
            if (found.size() < MOST_TOOLS) {
                McpTool.of(tool, server.confirm(), this::call, why).ifPresent(found::add);
            } else {
                why.accept("only " + MOST_TOOLS + " tools of one server are offered");
            }
        }
        tools = List.copyOf(found);
        String names =
                found.stream().map(tool -> tool.description().name()).toList().toString();
        if (leftOut.isEmpty()) {
            tell(Level.INFO, "offers " + names);
        } else {
            tell(Level.WARNING, "offers " + names + "; left out: " + leftOut(leftOut));
        }
    }

    private static String leftOut(List<String> all) {
        int more = all.size() - MOST_NAMED;
        return String.join(", ", all.subList(0, Math.min(all.size(), MOST_NAMED)))
                + (more > 0 ? " and " + more + " more" : "");
    }

    private static String shortened(String name) {
        return name.length() <= 80 ? name : name.substring(0, 80) + "…";
    }

    /** Page by page, since the SDK would follow a server that always says that there is more. */
    private static List<Tool> listed(McpSyncClient connected) {
        List<Tool> listed = new ArrayList<>();
        String more = McpSchema.FIRST_PAGE;
        for (int page = 0; page < MOST_PAGES; page++) {
            ListToolsResult found = connected.listTools(more);
            listed.addAll(found.tools());
            more = found.nextCursor();
            if (more == null || more.isEmpty()) {
                return listed;
            }
        }
        throw new IllegalStateException("its list of tools has more than " + MOST_PAGES + " pages");
    }

    /** Says what is new only; the address and the secret stay out. */
    private void tell(Level level, String what) {
        if (!what.equals(lastTold)) {
            lastTold = what;
            LOG.log(level, () -> "The MCP server " + server.name() + " " + what);
        }
    }

    private static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName() + (root.getMessage() == null ? "" : ", " + root.getMessage());
    }

    private void later(Duration delay) {
        synchronized (lock) {
            if (!closed) {
                next = timers.schedule(delay, this::begin);
            }
        }
    }

    private McpSyncClient connected() {
        synchronized (lock) {
            if (client != null) {
                return client;
            }
        }
        McpSyncClient made = clients.apply(server);
        try {
            made.initialize();
        } catch (RuntimeException refused) {
            made.close();
            throw refused;
        }
        synchronized (lock) {
            if (!closed) {
                client = made;
                return made;
            }
        }
        made.close();
        throw new IllegalStateException("The application stops");
    }

    private CallToolResult call(CallToolRequest request) {
        McpSyncClient connected;
        synchronized (lock) {
            connected = client;
        }
        if (connected == null) {
            throw new ToolException("The server of this tool cannot be reached now. Try again later.");
        }
        try {
            return connected.callTool(request);
        } catch (McpError refused) {
            throw new ToolException("The server of this tool refused the call: " + refused.getMessage(), refused);
        }
    }

    private void disconnect() {
        McpSyncClient last;
        synchronized (lock) {
            last = client;
            client = null;
        }
        if (last != null) {
            last.close();
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            if (next != null) {
                next.cancel();
            }
        }
        disconnect();
    }
}
