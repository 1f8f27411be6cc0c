/**
 * The door for whole recordings: {@code POST /audio-stream} takes one, {@code batch.upload} brings it to disk,
 * {@code media.recording} makes it something that Gemini takes, {@code gemini.rest} asks, {@code batch.answer} tells the
 * client; {@code GET /api/models} says which models there are. A recording holds no conversation slot, but spends
 * tokens of a key of the pool. Container threads only hand over; a recording takes one
 * {@link dev.parley.shared.execution.MayBlock} thread from its first byte to the end of its answer, and their number is
 * bounded. Other doors that want paths under {@code /api} bring an application of their own with a longer path.
 */
@NullMarked
package dev.parley.batch;

import org.jspecify.annotations.NullMarked;
