/**
 * The worker's own program: a recording on standard input or in a file, PCM on standard output, by Humble Video. It
 * runs in a process of its own, which ordinary input may kill, and is never loaded by the server: the build puts it into
 * {@code WEB-INF/worker} and keeps it out of {@code WEB-INF/classes}. The only package that knows {@code io.humble}; it
 * knows nothing of CDI, sockets or the server beyond {@link dev.parley.media.worker.launch.WorkerProtocol}. One thread
 * decodes; another waits for the server's end while a file is decoded.
 */
@NullMarked
package dev.parley.media.worker.program;

import org.jspecify.annotations.NullMarked;
