/**
 * What a conversation waits for: appointments with the timers, its time limit, the answers that are due before it ends, a
 * quiet moment.
 * Says how long; what happens then is decided in {@code conversation.machine}. Confined to the mailbox, but for arrivals on
 * the timers' thread, which hand over at once.
 */
@NullMarked
package dev.parley.conversation.timing;

import org.jspecify.annotations.NullMarked;
