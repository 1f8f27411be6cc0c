/**
 * Opus and AAC packets out of MP4, fragmented as live recorders write it or plain with its description first, pushed in
 * pieces of any size (ISO 14496-12; "Encapsulation of Opus in ISO Base Media File Format"; ISO 14496-14 for AAC). Every
 * table is bounded before memory is spent on it. Decodes nothing. One stream, one thread at a time.
 */
@NullMarked
package dev.parley.media.mp4;

import org.jspecify.annotations.NullMarked;
