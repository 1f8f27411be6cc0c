/**
 * {@code generateContent} and {@code streamGenerateContent}: the models that answer, what they answer, how its pieces
 * look on the wire, and when each is sent. Knows no servlets. Blocks on files and on the request's body; any thread
 * that may.
 */
@NullMarked
package dev.parley.simulator.generation;

import org.jspecify.annotations.NullMarked;
