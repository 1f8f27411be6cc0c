package dev.parley.security.signin;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** What the {@code Authorization} header holds. */
public final class Authorization {
    private static final int LONGEST = 8 << 10;

    private Authorization() {}

    /**
     * Name and password (RFC 7617).
     *
     * @param password never printed
     */
    public record Basic(String name, String password) {
        @Override
        public String toString() {
            return "Basic[name=" + name + "]";
        }
    }

    /** The credentials of the scheme Basic, in UTF-8; empty when there are none, or nothing that can be read. */
    public static Optional<Basic> basic(HttpServletRequest request) {
        return scheme(request, "Basic").flatMap(text -> {
            try {
                String pair = new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
                int colon = pair.indexOf(':');
                return colon < 0
                        ? Optional.empty()
                        : Optional.of(new Basic(pair.substring(0, colon), pair.substring(colon + 1)));
            } catch (IllegalArgumentException malformed) {
                return Optional.empty();
            }
        });
    }

    /** The token of the scheme Bearer (RFC 6750 §2.1). */
    public static Optional<String> bearer(HttpServletRequest request) {
        return scheme(request, "Bearer");
    }

    private static Optional<String> scheme(HttpServletRequest request, String scheme) {
        String header = request.getHeader("Authorization");
        boolean fits = header != null
                && header.length() <= LONGEST
                && header.regionMatches(true, 0, scheme + " ", 0, scheme.length() + 1);
        return fits ? Optional.of(header.substring(scheme.length() + 1).strip()) : Optional.empty();
    }
}
