/**
 * The client's side: audio in whatever container to PCM, text and turn marks in their order, what the person has heard.
 * Gives everything to {@code conversation.upstream}; knows no connection and no state. Confined to the mailbox.
 */
@NullMarked
package dev.parley.conversation.person;

import org.jspecify.annotations.NullMarked;
