package dev.parley.tools.bean;

import dev.parley.tools.offer.OfferedTool;
import dev.parley.tools.offer.ToolSource;
import dev.parley.tools.offer.ToolSources;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.util.List;

/** The application's own tools. */
@ApplicationScoped
public class BeanTools implements ToolSource, ToolSources {
    private final List<OfferedTool> tools;

    /** For CDI's client proxy only. */
    protected BeanTools() {
        tools = List.of();
    }

    /** Takes what the extension has found. */
    @Inject
    public BeanTools(BeanManager beans) {
        tools = beans.getExtension(ToolExtension.class).tools();
    }

    @Override
    public List<ToolSource> sources() {
        return List.of(this);
    }

    @Override
    public String name() {
        return ""; // before all others: whoever builds the application decides
    }

    @Override
    public List<OfferedTool> tools() {
        return tools;
    }
}
