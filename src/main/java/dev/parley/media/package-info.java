/**
 * Audio of a browser, in whatever container it comes, to PCM s16le 16 kHz mono. Push style: no thread, no blocking
 * read, no I/O; bytes in, samples out, whatever the chunk boundaries. Decoders belong to one conversation and are
 * used by one thread at a time. A corrupt packet costs that packet; a corrupt container costs its stream
 * ({@code UNSUPPORTED_AUDIO}), never the server. Knows nothing of conversations, Gemini or sockets.
 */
@NullMarked
package dev.parley.media;

import org.jspecify.annotations.NullMarked;
