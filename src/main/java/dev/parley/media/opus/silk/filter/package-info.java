/**
 * SILK's arithmetic and its predictors' coefficients. Knows no frames and no symbols. One stream, one thread at a time.
 *
 * <p>Ported from libopus 1.3.1. Copyright 2001-2011 Xiph.Org, Skype Limited, Octasic, Jean-Marc Valin, Timothy B.
 * Terriberry, CSIRO, Gregory Maxwell, Mark Borgerding, Erik de Castro Lopo. BSD-3-Clause: its text is in
 * {@code META-INF/LICENSE-libopus.txt}.
 */
@NullMarked
package dev.parley.media.opus.silk.filter;

import org.jspecify.annotations.NullMarked;
