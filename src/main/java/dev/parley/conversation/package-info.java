/**
 * Conversations as the application knows them: {@link dev.parley.conversation.ConversationRegistry} opens them, each
 * {@link dev.parley.conversation.Conversation} takes its inputs through a mailbox, one at a time. Doors see this package,
 * {@code conversation.input} (what goes in) and {@code conversation.event} (what comes out), and nothing else; the rooms
 * behind are {@code machine} (what an input means in which state), {@code person} and {@code upstream} (the two sides),
 * {@code timing} (what is waited for) and {@code ledger} (what is counted). Knows no socket, no JSON and no container; may
 * use every capability room. No thread is held by a conversation.
 */
@NullMarked
package dev.parley.conversation;

import org.jspecify.annotations.NullMarked;
