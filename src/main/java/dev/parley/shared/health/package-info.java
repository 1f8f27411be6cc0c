/**
 * What decides whether this node should be given new conversations. Rooms add their own word as a CDI bean; whoever asks is
 * {@code operations.health}.
 */
@NullMarked
package dev.parley.shared.health;

import org.jspecify.annotations.NullMarked;
