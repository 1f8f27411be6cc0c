package dev.parley.tools.offer;

import java.util.List;

/** Knows sources of tools, the same ones for the life of the application. CDI beans of this type are asked by {@link Toolbox}. */
@FunctionalInterface
public interface ToolSources {
    /** The sources. */
    List<? extends ToolSource> sources();
}
