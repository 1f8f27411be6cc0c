package dev.parley.security.path;

/** What somebody has to be to get at an address. */
public enum Need {
    /** Anybody: it tells nothing and changes nothing, or it asks for itself. */
    NOTHING,
    /** Google's own addresses, which the simulator answers: it asks for a key of its own. */
    SIMULATED,
    /** In either of the two roles: what both their pages are made of. */
    EITHER,
    /** The role {@code talk}. */
    TALK,
    /** The role {@code admin}. */
    ADMIN,
    /** The role {@code admin}, the token of whoever collects figures, or a program of this machine. */
    FIGURES,
    /** Nobody: no such address, or not written the one way it can be written. */
    UNKNOWN
}
