package dev.parley.tools.mcp;

import dev.parley.shared.execution.MayBlock;
import dev.parley.shared.execution.Timers;
import dev.parley.shared.settings.SettingsReader;
import dev.parley.tools.offer.ToolSource;
import dev.parley.tools.offer.ToolSources;
import dev.parley.tools.run.CallThreads;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;

/** All configured MCP servers, looked at from the start of the application to its end. */
@ApplicationScoped
public class McpServers implements ToolSources {
    private final List<McpServer> servers;
    private final Optional<McpClients> clients;

    /** For CDI's client proxy only. */
    protected McpServers() {
        servers = List.of();
        clients = Optional.empty();
    }

    /** Reads which there are; looks at none yet. */
    @Inject
    public McpServers(
            SettingsReader reader,
            CallThreads calls,
            @MayBlock Executor threads,
            Timers timers,
            ThreadFactory threadFactory) {
        McpSettings settings = McpSettings.read(reader);
        clients = settings.servers().isEmpty()
                ? Optional.empty()
                : Optional.of(new McpClients(calls.settings().timeLimit(), threadFactory));
        servers = settings.servers().stream()
                .map(server -> new McpServer(server, clients.orElseThrow()::make, threads, timers))
                .toList();
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object started) {
        servers.forEach(McpServer::begin);
    }

    @Override
    public List<? extends ToolSource> sources() {
        return servers;
    }

    @PreDestroy
    void stop() {
        servers.forEach(McpServer::close);
        clients.ifPresent(McpClients::close);
    }
}
