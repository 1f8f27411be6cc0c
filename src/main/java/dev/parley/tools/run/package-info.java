/**
 * One call on a thread: {@link dev.parley.tools.run.RunningCall} runs a tool, bounded in the size of its result, and reports how it
 * ended as a {@link dev.parley.tools.run.CallReport}; {@link dev.parley.tools.run.CallThreads} bounds how many run at once.
 * What a conversation makes of it is {@code tools.call}'s.
 */
@NullMarked
package dev.parley.tools.run;

import org.jspecify.annotations.NullMarked;
