/**
 * One recording from disk to its answer: prepared, counted, uploaded when it is large, asked about, deleted at Google.
 * Blocks; one thread for each recording. Knows nothing of HTTP's server side.
 */
@NullMarked
package dev.parley.batch.work;

import org.jspecify.annotations.NullMarked;
