package dev.parley.media.webm;

/** Told what a {@link WebmDemuxer} finds, in stream order, on the thread that feeds it. */
public interface WebmListener {
    /**
     * A recording begins and its Opus track is known; called again when a recorder was restarted in the same stream.
     * What belongs to the recording before is over.
     *
     * @param codecPrivate the OpusHead of RFC 7845 §5.1 as the recorder wrote it; empty when it wrote none
     * @param channels as the container has it; counts only without an OpusHead
     * @param codecDelayNanos what the container wants dropped at the start; counts only without an OpusHead
     */
    void opusTrack(byte[] codecPrivate, int channels, long codecDelayNanos);

    /**
     * The next Opus packet.
     *
     * @param buffer reused: copy what must outlive the call
     * @param length bytes; 0 when the container was damaged here and a packet is known to be lost
     * @param discardNanos decoded time to drop at the packet's end (or, negative, at its start); usually 0
     */
    void packet(byte[] buffer, int offset, int length, long discardNanos);
}
