/**
 * Which tools there are and whom they are for: {@link dev.parley.tools.offer.OfferedTool} is one, whatever it is made of,
 * {@link dev.parley.tools.offer.ToolSource} has some, {@link dev.parley.tools.offer.Toolbox} all that
 * {@link dev.parley.tools.offer.ToolSources} name. Runs none of them by itself.
 * Any thread.
 */
@NullMarked
package dev.parley.tools.offer;

import org.jspecify.annotations.NullMarked;
