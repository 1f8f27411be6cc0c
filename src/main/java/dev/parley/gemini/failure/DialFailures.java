package dev.parley.gemini.failure;

import dev.parley.gemini.access.token.AccessFailure;
import dev.parley.gemini.live.LiveEvent.Closed;
import dev.parley.gemini.live.LiveRequest;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import dev.parley.shared.settings.ApiKey;
import java.util.List;
import java.util.Optional;
import org.glassfish.tyrus.client.RedirectException;
import org.glassfish.tyrus.client.RetryAfterException;
import org.glassfish.tyrus.client.auth.AuthenticationException;
import org.glassfish.tyrus.core.HandshakeException;

/** The meaning of a dial that failed: before there was a WebSocket, so code 0 and a chain of exceptions. */
public final class DialFailures {
    private DialFailures() {}

    /** The failure for what a dial threw. */
    public static Closed of(Throwable failure, LiveRequest request, String version) {
        List<Throwable> chain = NetworkFailures.chain(failure);
        String details = Redaction.without(request.key().secret(), NetworkFailures.describe(chain));
        for (Throwable cause : chain) {
            if (cause instanceof AccessFailure access) {
                return closed(access, access.details());
            }
            Optional<ParleyException> network = NetworkFailures.of(cause, details);
            if (network.isPresent()) {
                return closed(network.get(), details);
            }
            if (cause instanceof HandshakeException handshake) {
                return refusedUpgrade(handshake.getHttpStatusCode(), request.key(), version, details);
            }
            if (cause instanceof RetryAfterException) {
                return refusedUpgrade(503, request.key(), version, details);
            }
            if (cause instanceof AuthenticationException) {
                return refusedUpgrade(401, request.key(), version, details);
            }
            if (cause instanceof RedirectException) {
                return refusedUpgrade(302, request.key(), version, details);
            }
        }
        Optional<ParleyException> proxy = NetworkFailures.ofProxy(details);
        if (proxy.isPresent()) {
            return closed(proxy.get(), details);
        }
        if (details.contains("Connection closed by server")) {
            // Also what Tyrus tells, now and then, when this side refused the certificate and the server hung up first.
            return unavailable(
                    "The Gemini server closed the connection before it was set up. Try again; if it stays so, "
                            + NetworkFailures.ENDPOINT
                            + " and that the JVM's trust store has the issuer of its certificate.",
                    details);
        }
        return unavailable("The connection to Gemini could not be made. Try again in a moment.", details);
    }

    /** Whether the server did not take the credential (HTTP 401), so that another one may help. */
    public static boolean isSignInRefused(Throwable failure) {
        return NetworkFailures.chain(failure).stream()
                .anyMatch(cause -> cause instanceof AuthenticationException
                        || (cause instanceof HandshakeException handshake && handshake.getHttpStatusCode() == 401));
    }

    /** The failure for a dial whose time was spent on waiting for an access token. */
    public static Closed noTokenInTime() {
        return unavailable(
                "Google's token server did not answer in time. Try again; if it happens often, check the network of this"
                        + " server (parley.gemini.connect-timeout).",
                "token timeout");
    }

    /** The failure for a dial that took too long. */
    public static Closed timedOut() {
        return unavailable(
                "Gemini did not answer in time. Try again; if it happens often, check the network of this server"
                        + " (parley.gemini.connect-timeout).",
                "connect timeout");
    }

    /** The failure for a setup without an answer. */
    public static Closed setupTimedOut(LiveRequest request) {
        return unavailable(
                "Gemini did not confirm the conversation with \"" + request.model() + "\" in time. Try again, or choose"
                        + " another model (parley.gemini.model).",
                "setup timeout");
    }

    /** The failure while it is not known yet on which address the simulator listens. */
    public static Closed simulatorNotReady() {
        return unavailable(Sentences.SIMULATOR_NOT_READY, "no address yet");
    }

    /** The failure when too many wait to be dialled. */
    public static Closed tooManyDials() {
        return unavailable("Too many conversations are being connected at once. Try again in a moment.", "dial queue");
    }

    private static Closed closed(ParleyException failure, String details) {
        return new Closed(failure.kind(), failure.getMessage(), 0, details);
    }

    private static Closed refusedUpgrade(int status, ApiKey key, String version, String details) {
        String seen = " (HTTP " + status + ")";
        if (status == 429) {
            return new Closed(
                    FailureKind.NO_CAPACITY,
                    "Gemini takes no more connections now" + seen + ". Try again.",
                    0,
                    details);
        }
        if (status >= 500) {
            return unavailable("Gemini is not available now" + seen + ". Try again in a moment.", details);
        }
        String sentence =
                switch (status) {
                    case 401, 403 ->
                        Sentences.REFUSED_UPGRADE + seen + ". Whoever runs this server must check "
                                + Sentences.credentials(key) + ", and that its network may reach Gemini.";
                    case 407 ->
                        "The network's proxy wants a sign-in" + seen
                                + ". Whoever runs this server must check the JVM's proxy settings.";
                    case 404 ->
                        "There is no Live API in version " + version + " at the configured address" + seen + "; "
                                + NetworkFailures.ENDPOINT + Sentences.address(key) + " and parley.gemini.version.";
                    default ->
                        "What answers at the configured address is no Live API" + seen + "; " + NetworkFailures.ENDPOINT
                                + ".";
                };
        return new Closed(FailureKind.UPSTREAM_REFUSED, sentence, 0, details);
    }

    private static Closed unavailable(String sentence, String details) {
        return new Closed(FailureKind.UPSTREAM_UNAVAILABLE, sentence, 0, details);
    }
}
