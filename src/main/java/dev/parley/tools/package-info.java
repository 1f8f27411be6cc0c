/**
 * What those who write tools use: {@link dev.parley.tools.Tool} on a public method of a CDI bean makes a function that the
 * model can call. Behind it: {@code tools.type} (Java types as JSON schema, arguments checked and read), {@code tools.offer}
 * (which tools there are, and for whom), {@code tools.bean} (methods of beans), {@code tools.mcp} (tools of other servers),
 * {@code tools.builtin}, {@code tools.call} (one conversation's calls, bounded in time, number and size). Knows no upstream,
 * no browser and no conversation: those are ports. Tools run on threads that may block.
 */
@NullMarked
package dev.parley.tools;

import org.jspecify.annotations.NullMarked;
