/**
 * What flows through a conversation: audio on its way in, what waits for the upstream, the turns, the countdown. Parts
 * of {@code dev.parley.conversation}, confined to its mailbox like it; no other room uses them.
 */
@NullMarked
package dev.parley.conversation.flow;

import org.jspecify.annotations.NullMarked;
