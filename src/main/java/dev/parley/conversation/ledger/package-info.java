/**
 * What is counted: turns and what is still to be answered, tokens against the lease, lengths of audio. Tells nobody but
 * the lease. Confined to the mailbox.
 */
@NullMarked
package dev.parley.conversation.ledger;

import org.jspecify.annotations.NullMarked;
