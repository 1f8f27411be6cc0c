/**
 * Recordings as FFmpeg is given them: from a file or as a stream, and in which container. Runs in the worker process only.
 */
@NullMarked
package dev.parley.media.worker.program.source;

import org.jspecify.annotations.NullMarked;
