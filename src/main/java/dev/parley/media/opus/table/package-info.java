/**
 * The numbers that SILK and CELT are defined by, read once from resources and never written. No number that can be computed
 * is here. For all threads.
 *
 * <p>Ported from libopus 1.3.1. Copyright 2001-2011 Xiph.Org, Skype Limited, Octasic, Jean-Marc Valin, Timothy B.
 * Terriberry, CSIRO, Gregory Maxwell, Mark Borgerding, Erik de Castro Lopo. BSD-3-Clause: its text is in
 * {@code META-INF/LICENSE-libopus.txt}.
 */
@NullMarked
package dev.parley.media.opus.table;

import org.jspecify.annotations.NullMarked;
