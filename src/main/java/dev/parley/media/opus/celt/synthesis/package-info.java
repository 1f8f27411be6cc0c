/**
 * CELT's bands to samples: amplitudes, the transform, and the filter for a voice's pitch. Reads no symbols. What has no
 * memory is for all threads, the rest for one stream at a time.
 *
 * <p>Ported from libopus 1.3.1. Copyright 2001-2011 Xiph.Org, Skype Limited, Octasic, Jean-Marc Valin, Timothy B.
 * Terriberry, CSIRO, Gregory Maxwell, Mark Borgerding, Erik de Castro Lopo. BSD-3-Clause: its text is in
 * {@code META-INF/LICENSE-libopus.txt}.
 */
@NullMarked
package dev.parley.media.opus.celt.synthesis;

import org.jspecify.annotations.NullMarked;
