/**
 * What the operator configured for Gemini and what a conversation may choose of it: settings, keys, the table of what
 * each model accepts, and the address to dial. Checked once, at start; immutable afterwards, but for the simulator's
 * address, which is known only when this server listens. Depends on the ports of {@code gemini.live} alone.
 */
@NullMarked
package dev.parley.gemini.settings;

import org.jspecify.annotations.NullMarked;
