/**
 * What the person gave, on its way to the upstream and until it has surely left: sent on the connection in use, held while
 * there is none, taken back from one that was lost. Knows connections and their numbers, not what a conversation is; says
 * nothing to the client. Confined to the mailbox.
 */
@NullMarked
package dev.parley.conversation.delivery;

import org.jspecify.annotations.NullMarked;
