/**
 * What a conversation tells: {@link dev.parley.conversation.event.ClientEvent} to its own client, and
 * {@link dev.parley.conversation.event.ConversationEvent} to whoever observes (history, metrics, logs). Immutable.
 */
@NullMarked
package dev.parley.conversation.event;

import org.jspecify.annotations.NullMarked;
