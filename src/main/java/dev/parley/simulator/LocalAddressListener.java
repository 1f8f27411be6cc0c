package dev.parley.simulator;

import java.net.URI;

/** Wants to know where this server can be reached from itself: the simulator is just another URL to the upstream. */
@FunctionalInterface
public interface LocalAddressListener {
    /**
     * The address of this application as seen by its first request; told once, only while the simulator is served.
     *
     * @param base scheme, address and port that the server listens on, and context path, such as
     *     {@code http://127.0.0.1:8080}; without a slash at the end
     */
    void listensAt(URI base);
}
