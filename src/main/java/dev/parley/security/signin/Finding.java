package dev.parley.security.signin;

import dev.parley.security.Refusal;
import dev.parley.security.SignedIn;
import java.util.Optional;

/**
 * Who sends a request: somebody, nobody known, or somebody who is refused.
 *
 * @param ambient whether the browser added what proves it by itself, so that a foreign page's request has it too
 */
public record Finding(Optional<SignedIn> who, boolean ambient, Optional<Refusal> refusal) {
    /** Nobody known. */
    public static final Finding NOBODY = new Finding(Optional.empty(), false, Optional.empty());

    /** Somebody whose browser proves it by itself: a cookie, a remembered password. */
    public static Finding remembered(SignedIn who) {
        return new Finding(Optional.of(who), true, Optional.empty());
    }

    /** A program that proves it with every request. */
    public static Finding proven(SignedIn who) {
        return new Finding(Optional.of(who), false, Optional.empty());
    }

    /** Nobody: this is why. */
    public static Finding refused(Refusal refusal) {
        return new Finding(Optional.empty(), false, Optional.of(refusal));
    }
}
