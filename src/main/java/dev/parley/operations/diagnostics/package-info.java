/**
 * Diagnoses: what is wrong between a person and Gemini, found out step by step in a minute, and said in words that somebody
 * can act on. One at a time, bounded, cancellable, on a slot like any conversation. Blocks the thread of whoever asks.
 */
@NullMarked
package dev.parley.operations.diagnostics;

import org.jspecify.annotations.NullMarked;
