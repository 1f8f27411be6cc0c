/**
 * Humble Video's part of the media engine, in processes of its own: whole recordings for {@link
 * dev.parley.media.recording}, live streams as {@link dev.parley.media.LateDecoders}. Humble Video ends its process on
 * ordinary input, so the server never loads it; {@code worker.program} is what runs in the worker, {@code worker.launch} and
 * {@code worker.pool} look after it. Live decoders are used in their conversation's order and never wait; pipes are read
 * and written on {@link dev.parley.shared.execution.MayBlock} threads, two for a stream at the most.
 */
@NullMarked
package dev.parley.media.worker;

import org.jspecify.annotations.NullMarked;
