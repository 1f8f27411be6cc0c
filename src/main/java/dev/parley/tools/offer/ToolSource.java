package dev.parley.tools.offer;

import java.util.List;

/** Has tools that may come and go while the application runs. Any thread. */
public interface ToolSource {
    /** A name for it, put before the name of a tool that is taken already. */
    String name();

    /** What it has at this moment; does not block. */
    List<OfferedTool> tools();
}
