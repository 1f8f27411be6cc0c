/**
 * Strangers' connections as blocking streams: a deadline for what is read, and an end for whoever waits in a read or a
 * write. Knows nothing of HTTP or of what the bytes are. Blocks; runs on {@link dev.parley.shared.execution.MayBlock}
 * threads, and is ended from any.
 */
@NullMarked
package dev.parley.shared.stream;

import org.jspecify.annotations.NullMarked;
