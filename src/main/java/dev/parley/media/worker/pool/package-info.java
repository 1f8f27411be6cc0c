/**
 * A bounded number of workers, one of them kept warm, and one recording's use of one: who may have a worker, what a worker
 * may take and give, and what its end means to the person who sent the recording. A worker serves one recording and is
 * never used again, so whatever a recording does to it ends with it. Taking a place and giving a worker up never wait;
 * the rest blocks and runs on {@link dev.parley.shared.execution.MayBlock} threads.
 */
@NullMarked
package dev.parley.media.worker.pool;

import org.jspecify.annotations.NullMarked;
