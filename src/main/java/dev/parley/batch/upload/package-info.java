/**
 * From a request's body to a file, in a folder that is deleted afterwards: raw or {@code multipart/form-data}, bounded
 * in bytes and time, never in memory whole. Blocks on the client; one thread for each recording. Knows nothing of
 * Jakarta REST, Gemini or audio.
 */
@NullMarked
package dev.parley.batch.upload;

import org.jspecify.annotations.NullMarked;
