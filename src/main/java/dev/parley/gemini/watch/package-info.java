/**
 * What is learned of the upstream beside what conversations hear: whether Google takes the operator's keys, from connections and,
 * in between, from a cheap question now and then; and how connections end. Knows names and sentences, never the value of a key.
 * Any thread.
 */
@NullMarked
package dev.parley.gemini.watch;

import org.jspecify.annotations.NullMarked;
