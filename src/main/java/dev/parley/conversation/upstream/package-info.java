/**
 * The model's side: one session that outlives its connections (dialling, back-off, hand-over, what is held meanwhile), and
 * what the model says, told to the client and to the ledger. Decides nothing about the conversation: what concerns it goes
 * to {@code UpstreamSession.Host}. Confined to the mailbox.
 */
@NullMarked
package dev.parley.conversation.upstream;

import org.jspecify.annotations.NullMarked;
