/**
 * What a conversation shows of itself: {@link dev.parley.conversation.event.ClientEvent} to its own client, through the
 * port {@link dev.parley.conversation.event.ClientChannel} that a door implements,
 * {@link dev.parley.conversation.event.ConversationEvent} to whoever observes (history, metrics, logs), and its
 * {@link dev.parley.conversation.event.ConversationState}. Events are immutable.
 */
@NullMarked
package dev.parley.conversation.event;

import org.jspecify.annotations.NullMarked;
