package dev.parley.gemini.access.token;

import dev.parley.shared.failure.FailureKind;
import java.time.Clock;
import java.util.Optional;

/** Gets a token with what the library finds in the environment of this JVM, or none, as the argument says. */
public final class FoundTokens {
    private FoundTokens() {}

    /** Ends with a status other than 0 when it is not so. */
    public static void main(String[] arguments) {
        GoogleTokens tokens = new GoogleTokens(Optional.empty(), Clock.systemUTC());
        if (!arguments[0].isEmpty()) {
            String token = tokens.fetch().secret().reveal();
            if (!token.equals(arguments[0])) {
                throw new AssertionError(token);
            }
            return;
        }
        try {
            throw new AssertionError(tokens.fetch().toString());
        } catch (AccessFailure failure) {
            if (failure.kind() != FailureKind.UPSTREAM_REFUSED
                    || !String.valueOf(failure.getMessage()).contains("parley.gemini.vertex.credentials-file")) {
                throw failure;
            }
        }
    }
}
