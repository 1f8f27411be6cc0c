/**
 * Finds the turns in what a person says, for models that lose speech when they do it themselves. Sends nothing itself. Confined to
 * the mailbox.
 */
@NullMarked
package dev.parley.conversation.captions;

import org.jspecify.annotations.NullMarked;
