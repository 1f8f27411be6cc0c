/**
 * What goes on in conversations, as operators see it: those that run, what went wrong lately, and how each key fares. Built
 * from {@link dev.parley.conversation.event.ConversationEvent} alone, bounded, and lost with the process. Ends nothing and
 * decides nothing. Any thread; events are taken in under a lock that nobody holds for long.
 */
@NullMarked
package dev.parley.operations.board;

import org.jspecify.annotations.NullMarked;
