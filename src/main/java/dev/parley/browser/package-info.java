/**
 * The browser's door, {@code /ws/audio-live}: handshake, messages of {@code docs/protocol.md} to and from
 * {@code conversation}, a bounded outbound channel, bounds on size, rate and silence. Holds no rule of a conversation.
 * Container threads come in and leave at once: nothing here blocks.
 */
@NullMarked
package dev.parley.browser;

import org.jspecify.annotations.NullMarked;
