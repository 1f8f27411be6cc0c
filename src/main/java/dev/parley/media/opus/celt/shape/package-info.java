/**
 * The shapes of CELT's bands, vectors of length one. Knows nothing of how loud they are but for what collapsed. One stream,
 * one thread at a time.
 *
 * <p>Ported from libopus 1.3.1. Copyright 2001-2011 Xiph.Org, Skype Limited, Octasic, Jean-Marc Valin, Timothy B.
 * Terriberry, CSIRO, Gregory Maxwell, Mark Borgerding, Erik de Castro Lopo. BSD-3-Clause: its text is in
 * {@code META-INF/LICENSE-libopus.txt}.
 */
@NullMarked
package dev.parley.media.opus.celt.shape;

import org.jspecify.annotations.NullMarked;
