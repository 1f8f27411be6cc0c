/**
 * The same compressed packets in another container: WebM and MP4 with Opus become Ogg, MP4 with AAC becomes ADTS. Files
 * are streamed through one buffer; what a demuxer holds is all that is in memory. Blocks on files.
 */
@NullMarked
package dev.parley.media.recording.remux;

import org.jspecify.annotations.NullMarked;
