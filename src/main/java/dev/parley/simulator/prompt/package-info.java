/**
 * The request of {@code generateContent} as it is read: inline media go to disk while they arrive, the rest is bounded,
 * checked field by field, and becomes a {@link dev.parley.simulator.prompt.Prompt}. Knows no servlets and no answers.
 * Blocks on the request's body and on files; any thread that may.
 */
@NullMarked
package dev.parley.simulator.prompt;

import org.jspecify.annotations.NullMarked;
