/**
 * What the model does beside talking: offers the tools of the {@code tools} room to it, brings its calls there and their answers
 * back, and shows them to the client. Runs no tool itself. Confined to the mailbox.
 */
@NullMarked
package dev.parley.conversation.tooling;

import org.jspecify.annotations.NullMarked;
