/**
 * The sockets under the Tyrus client: its JDK container, made to send at once and to complete writes where they were
 * begun. Knows bytes and frames, no protocol above RFC 6455. Nothing here blocks.
 */
@NullMarked
package dev.parley.gemini.socket;

import org.jspecify.annotations.NullMarked;
