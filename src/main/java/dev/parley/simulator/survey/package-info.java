/**
 * What can be measured in a whole recording: its format by content, its duration, its level, and its stretches of
 * speech. Decodes WAV itself, WebM and Ogg through {@code media}, and the rest through a {@link
 * dev.parley.media.recording.FileTranscoder} where the server has one; holds no recording in memory whole. Understands
 * no word. Blocks on files; any thread that may.
 */
@NullMarked
package dev.parley.simulator.survey;

import org.jspecify.annotations.NullMarked;
