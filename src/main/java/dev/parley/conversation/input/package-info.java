/**
 * What can happen to a conversation, and what a client may ask for. Immutable; posted by doors, by {@code limits}, by
 * {@code gemini.live} and by timers on their own threads, taken in the mailbox. Acts on nothing.
 */
@NullMarked
package dev.parley.conversation.input;

import org.jspecify.annotations.NullMarked;
