/**
 * The life of one conversation: {@link dev.parley.conversation.Conversation} is a state machine that runs serially in
 * its mailbox, fed by a door ({@link dev.parley.conversation.Input}), by {@code limits}, by {@code gemini.live} and by
 * timers, and speaking to its client through the port {@link dev.parley.conversation.ClientChannel}. Knows no socket,
 * no JSON and no container; may use every capability room. What flows through it is in {@code conversation.flow},
 * what it tells in {@code conversation.event}. No thread is held by a conversation.
 */
@NullMarked
package dev.parley.conversation;

import org.jspecify.annotations.NullMarked;
