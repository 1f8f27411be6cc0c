/**
 * Whole recordings, in files: what they are by content, and how they become something that Gemini takes: passed on as
 * they are, remuxed without touching the audio, or transcoded by a {@link
 * dev.parley.media.recording.FileTranscoder}. Blocks on files, so it runs on {@link
 * dev.parley.shared.execution.MayBlock} threads only; holds no recording in memory whole. Knows nothing of HTTP or
 * Gemini's protocol.
 */
@NullMarked
package dev.parley.media.recording;

import org.jspecify.annotations.NullMarked;
