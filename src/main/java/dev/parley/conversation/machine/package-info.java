/**
 * The state machine: what each input means in each state. {@code Course} has the one state and the one way to change it;
 * {@code Entrance} is the way to a slot, {@code Ending} the way out. Decodes nothing, sends nothing, counts nothing: that is
 * done by the two sides and the ledger. Runs in the mailbox.
 */
@NullMarked
package dev.parley.conversation.machine;

import org.jspecify.annotations.NullMarked;
