/**
 * The line to the client, who may be lost and come back: {@code ClientLine} is the one
 * {@link dev.parley.conversation.event.ClientChannel} that the conversation speaks to, whichever socket is behind it, and
 * keeps for a client that is away what it must not miss. Decides nothing. Confined to the mailbox.
 */
@NullMarked
package dev.parley.conversation.line;

import org.jspecify.annotations.NullMarked;
