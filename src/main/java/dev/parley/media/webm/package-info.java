/**
 * Opus packets out of a WebM or Matroska stream, pushed in pieces of any size: our own incremental demuxer, because
 * live recorders write clusters of unknown size and chunk boundaries fall anywhere (RFC 8794 for EBML, RFC 9559 for
 * Matroska). Knows no codec beyond the name of the track to take. Every length is bounded before memory is spent on
 * it. One stream, one thread at a time.
 */
@NullMarked
package dev.parley.media.webm;

import org.jspecify.annotations.NullMarked;
