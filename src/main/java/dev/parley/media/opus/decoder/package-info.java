/**
 * Packets into frames, and each frame through SILK, CELT or both. The only room below that others enter, by {@code
 * OpusDecoder}. No container, no pre-skip, no gain. All memory is taken at the beginning: nothing is allocated for a packet
 * that is whole. One stream, one thread at a time.
 *
 * <p>Ported from libopus 1.3.1. Copyright 2001-2011 Xiph.Org, Skype Limited, Octasic, Jean-Marc Valin, Timothy B.
 * Terriberry, CSIRO, Gregory Maxwell, Mark Borgerding, Erik de Castro Lopo. BSD-3-Clause: its text is in
 * {@code META-INF/LICENSE-libopus.txt}.
 */
@NullMarked
package dev.parley.media.opus.decoder;

import org.jspecify.annotations.NullMarked;
