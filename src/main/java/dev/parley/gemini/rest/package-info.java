/**
 * Whole recordings to Gemini over its REST API: {@link dev.parley.gemini.rest.GeminiRest} asks a model about one and
 * keeps recordings that are too large for a request at Google until they are answered. What it is made of:
 * {@code gemini.rest.http} (one exchange), {@code gemini.rest.wire} (its bytes). Blocks; runs on
 * {@link dev.parley.shared.execution.MayBlock} threads only; listeners are called on the caller's thread. Knows nothing
 * of doors, limits or how recordings are prepared.
 */
@NullMarked
package dev.parley.gemini.rest;

import org.jspecify.annotations.NullMarked;
