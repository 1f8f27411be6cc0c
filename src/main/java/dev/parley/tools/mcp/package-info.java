/**
 * Tools of other servers by the Model Context Protocol, through its official Java SDK: {@link dev.parley.tools.mcp.McpServers}
 * keeps a look at each configured server, {@link dev.parley.tools.mcp.McpTool} calls one of its tools. A server that cannot be
 * reached has no tools, is told in the log and looked at again; it stops nothing else. Nothing of the SDK is loaded before a server
 * is configured. Looks and calls run on threads that may block; the SDK's own few threads are the container's.
 */
@NullMarked
package dev.parley.tools.mcp;

import org.jspecify.annotations.NullMarked;
