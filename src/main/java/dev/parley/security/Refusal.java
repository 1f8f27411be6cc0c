package dev.parley.security;

import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Why a request goes no further: a problem document (RFC 9457) for requests, a line of text for handshakes.
 *
 * @param detail a sentence that a person can act on, without anything secret
 * @param challenge the {@code WWW-Authenticate} header
 * @param retryAfter when trying again can help
 */
public record Refusal(
        int status, FailureKind kind, String detail, Optional<String> challenge, Optional<Duration> retryAfter) {
    private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "OPTIONS");

    /** With the status of its kind. */
    public static Refusal of(FailureKind kind, String detail) {
        return new Refusal(kind.httpStatus(), kind, detail, Optional.empty(), Optional.empty());
    }

    /** Nothing is there, or nothing that may be known of. */
    public static Refusal notFound() {
        return new Refusal(
                HttpServletResponse.SC_NOT_FOUND,
                FailureKind.BAD_MESSAGE,
                "There is nothing at this address. Addresses are taken as they are written: without escapes, parameters or"
                        + " doubled slashes.",
                Optional.empty(),
                Optional.empty());
    }

    /** Whoever asks is not known yet, or not any more. */
    public static Refusal signInNeeded(String detail, String challenge) {
        FailureKind kind = FailureKind.SIGN_IN_NEEDED;
        return new Refusal(kind.httpStatus(), kind, detail, Optional.of(challenge), Optional.empty());
    }

    /** Too much was asked for. */
    public static Refusal later(FailureKind kind, String detail, Duration retryAfter) {
        return new Refusal(kind.httpStatus(), kind, detail, Optional.empty(), Optional.of(retryAfter));
    }

    /** Answers the request with it. */
    public void writeTo(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setStatus(status);
        response.setHeader("Cache-Control", "no-store");
        challenge.ifPresent(value -> response.setHeader("WWW-Authenticate", value));
        retryAfter.ifPresent(time -> response.setHeader("Retry-After", Long.toString(seconds(time))));
        if (Upgrades.isAsked(request)) {
            response.setHeader("Connection", "close"); // WildFly would keep it open for an upgrade that does not come
            response.setContentType("text/plain;charset=UTF-8");
            response.getWriter().println(detail);
            return;
        }
        if (!WITHOUT_BODY.contains(request.getMethod())) {
            response.setHeader("Connection", "close"); // whatever is left of the body is not waited for
        }
        response.setContentType(Problem.MEDIA_TYPE + ";charset=UTF-8");
        response.getWriter().print(new Problem(kind, status, detail, retryAfter).toJson(title()));
    }

    private static long seconds(Duration time) {
        return Math.max(1, time.plusMillis(999).toSeconds());
    }

    private String title() {
        return switch (status) {
            case HttpServletResponse.SC_UNAUTHORIZED -> "Sign-in needed";
            case HttpServletResponse.SC_FORBIDDEN -> "Not allowed";
            case HttpServletResponse.SC_NOT_FOUND -> "Nothing there";
            case HttpServletResponse.SC_BAD_REQUEST -> "The request cannot be understood";
            case 429 -> "Too many requests";
            case HttpServletResponse.SC_SERVICE_UNAVAILABLE -> "Not available now";
            default -> "Refused";
        };
    }
}
