package dev.parley.security.signin;

import dev.parley.security.Refusal;
import dev.parley.security.address.Peer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** One way to sign in. Thread safe; methods may block for some seconds. */
public interface SignInMode {
    /** As in {@code parley.security.mode}. */
    String name();

    /** Who sends a request. Never answers it. */
    Finding identify(HttpServletRequest request, Peer peer);

    /** Answers a request of somebody who would have to sign in: with a challenge, or the way to where they can. */
    void ask(HttpServletRequest request, HttpServletResponse response) throws IOException;

    /** Whether everybody may talk. */
    default boolean isOpen() {
        return false;
    }

    /** Whether a person can sign out again; otherwise the browser remembers until it is closed. */
    default boolean canSignOut() {
        return false;
    }

    /**
     * Answers a request to an address of the mode's own, {@code /sign-in/callback} or {@code /sign-out}.
     *
     * @return false when the mode has none of that address
     */
    default boolean serve(String path, HttpServletRequest request, HttpServletResponse response) throws IOException {
        return false;
    }

    /** A challenge for clients that are no page in a browser. */
    static Refusal unknown(String challenge) {
        return Refusal.signInNeeded("Sign in to use this server.", challenge);
    }
}
