/**
 * The bytes of {@code generateContent}: a request body in which the recording is base64 while it is read, and an answer
 * that comes as server-sent events, as one object or as an array. Everything is bounded, nothing holds a recording
 * whole. No I/O of its own beyond the streams it is given; one thread at a time.
 */
@NullMarked
package dev.parley.gemini.rest.wire;

import org.jspecify.annotations.NullMarked;
