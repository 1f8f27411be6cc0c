/**
 * What every container has in common: its first bytes, the track that is taken out of it and the packets of that track,
 * told to a {@link dev.parley.media.container.PacketListener} by a {@link dev.parley.media.container.Demuxer}; and the
 * sentences for a container that cannot be read on. No container's own syntax belongs here, and no decoding. Values
 * and ports; whatever thread feeds a demuxer.
 */
@NullMarked
package dev.parley.media.container;

import org.jspecify.annotations.NullMarked;
