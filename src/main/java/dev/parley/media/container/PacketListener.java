package dev.parley.media.container;

/** Told what a {@link Demuxer} finds, in stream order, on the thread that feeds it. */
public interface PacketListener {
    /**
     * A recording begins and its track is known; called again when a recorder was started anew in the same stream.
     * What belongs to the recording before is over. A track of a codec that is of no use may be refused by throwing;
     * a track of an {@linkplain AudioTrack.Codec#OTHER other} codec has no packets.
     */
    void track(AudioTrack track);

    /**
     * The next packet.
     *
     * @param buffer reused: copy what must outlive the call
     * @param length bytes; 0 when the container was damaged here and a packet is known to be lost
     * @param discardNanos decoded time to drop at the packet's end (or, negative, at its start); usually 0
     */
    void packet(byte[] buffer, int offset, int length, long discardNanos);
}
