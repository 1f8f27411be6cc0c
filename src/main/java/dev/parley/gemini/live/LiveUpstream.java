package dev.parley.gemini.live;

/** The way to a Live API server: Google's, a compatible one, or the simulator. */
public interface LiveUpstream {
    /**
     * Starts to dial and to set up, and returns at once. {@code listener} hears {@link LiveEvent.Ready} when the
     * server has confirmed the setup, or {@link LiveEvent.Closed} when that failed.
     */
    LiveConnection connect(LiveRequest request, LiveListener listener);
}
