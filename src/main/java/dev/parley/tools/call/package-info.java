/**
 * The calls of one conversation: {@link dev.parley.tools.call.ToolCalls} asks the person where that is wanted, begins a call on
 * a thread that may block, bounds it in time, number and size, cancels it, and gives its answer, exactly one for each call that was
 * not cancelled, to a {@link dev.parley.tools.call.ToolListener}. {@code ToolCalls} is confined to the conversation's mailbox;
 * what happens on other threads comes back as a {@code tools.run.CallReport} that the mailbox hands over.
 */
@NullMarked
package dev.parley.tools.call;

import org.jspecify.annotations.NullMarked;
