/**
 * One HTTP exchange with Gemini's REST API over the JDK's client: the credential in its header, an upstream that falls silent,
 * cancelling from outside, and a {@link dev.parley.gemini.failure.RestFailure} for whatever goes wrong. Bodies are
 * streams, both ways. Blocks; runs on {@link dev.parley.shared.execution.MayBlock} threads only. Knows no message of
 * the API.
 */
@NullMarked
package dev.parley.gemini.rest.http;

import org.jspecify.annotations.NullMarked;
