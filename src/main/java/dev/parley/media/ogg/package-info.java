/**
 * Opus packets out of an Ogg stream, pushed in pieces of any size, and into an Ogg file: pages with their checksums
 * (RFC 3533) and what Opus makes of them (RFC 7845). Knows of other codecs in Ogg no more than their names. Every
 * length is bounded before memory is spent on it. One stream, one thread at a time.
 */
@NullMarked
package dev.parley.media.ogg;

import org.jspecify.annotations.NullMarked;
