/**
 * The load tool: many conversations in real time against one Payara Micro with the WAR, with another process playing
 * Gemini, and a table of what they cost. A tool, not a test: nothing here asserts a time. {@code docs/benchmarks.md}
 * tells how to run it. One thread drives all callers.
 */
@NullMarked
package dev.parley.load;

import org.jspecify.annotations.NullMarked;
