/**
 * What it means that a Live connection ended or never came to be, or that a REST request failed, in sentences that a
 * person can act on: one table for close frames, one for dials, one for HTTP answers. No sentence holds a key or an address of the inside; the log gets the details through
 * {@code reason}. Stateless; any thread.
 */
@NullMarked
package dev.parley.gemini.failure;

import org.jspecify.annotations.NullMarked;
