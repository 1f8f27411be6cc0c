/**
 * What proves to Google who asks: the API key itself, or an access token for Vertex AI. How tokens are got is in {@code
 * gemini.access.token}, which service is spoken to in {@code gemini.service}. Getting a token blocks, so it is asked for on
 * {@link dev.parley.shared.execution.MayBlock} threads.
 */
@NullMarked
package dev.parley.gemini.access;

import org.jspecify.annotations.NullMarked;
