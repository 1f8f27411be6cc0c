package dev.parley.gemini.live;

/** Hears what the server says, in order, one call at a time, on a thread that must not be held. */
@FunctionalInterface
public interface LiveListener {
    /** The next event; {@link LiveEvent.Closed} is the last one and comes exactly once. */
    void heard(LiveEvent event);
}
