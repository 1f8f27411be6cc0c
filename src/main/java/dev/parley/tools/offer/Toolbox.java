package dev.parley.tools.offer;

import dev.parley.shared.settings.SettingsReader;
import dev.parley.tools.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All tools of this application, and which of them a caller may use. Sources that come first keep their names; a tool whose
 * name is taken is offered as {@code source_name}. Any thread.
 */
@ApplicationScoped
public class Toolbox {
    /** As many as the Live API takes in one setup. */
    private static final int MOST_TOOLS = 512;

    private static final Logger LOG = System.getLogger(Toolbox.class.getName());

    private final List<ToolSource> sources;
    private final boolean enabled;
    private final Set<String> off;

    /** Complaints are said once, not in each conversation. */
    private final Set<String> complained = ConcurrentHashMap.newKeySet();

    /** For CDI's client proxy only; a proxy is never called before it has its real instance. */
    protected Toolbox() {
        this(List.of(), false, Set.of());
    }

    /** Asks all sources there are: the application's own beans first, then by name. */
    @Inject
    public Toolbox(@Any Instance<ToolSources> known, SettingsReader reader) {
        this(
                known.stream()
                        .<ToolSource>flatMap(some -> some.sources().stream())
                        .sorted((one, other) -> one.name().compareTo(other.name()))
                        .toList(),
                reader.flag("parley.tools.enabled", true),
                Set.copyOf(reader.list("parley.tools.off")));
    }

    /** Asks these sources, in this order, and leaves out tools with these names. */
    public Toolbox(List<ToolSource> sources, boolean enabled, Set<String> off) {
        this.sources = List.copyOf(sources);
        this.enabled = enabled;
        this.off = Set.copyOf(off);
    }

    /** What this caller may use now, in the order of sources, under distinct names. */
    public List<OfferedTool> offeredTo(Caller caller) {
        Map<String, OfferedTool> offered = new LinkedHashMap<>();
        if (enabled) {
            for (ToolSource source : sources) {
                source.tools().forEach(tool -> offer(source, tool, offered));
            }
        }
        offered.keySet().removeAll(off);
        offered.values().removeIf(tool -> !tool.isFor(caller));
        if (offered.size() > MOST_TOOLS) {
            complain("There are " + offered.size() + " tools, but a model takes " + MOST_TOOLS
                    + ": the last ones are not offered. Switch some off with parley.tools.off.");
        }
        return new ArrayList<>(offered.values()).subList(0, Math.min(MOST_TOOLS, offered.size()));
    }

    private void offer(ToolSource source, OfferedTool tool, Map<String, OfferedTool> offered) {
        String name = tool.description().name();
        if (offered.putIfAbsent(name, tool) == null) {
            return;
        }
        String prefixed = source.name() + "_" + name;
        if (!ToolDescription.isName(prefixed) || offered.putIfAbsent(prefixed, tool.renamed(prefixed)) != null) {
            complain("The tool " + name + " of " + source.name() + " is not offered: its name is taken, and so is "
                    + prefixed + ".");
        }
    }

    private void complain(String what) {
        if (complained.size() < MOST_TOOLS && complained.add(what)) {
            LOG.log(Level.WARNING, what);
        }
    }
}
