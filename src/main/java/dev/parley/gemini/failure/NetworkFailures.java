package dev.parley.gemini.failure;

import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;

/** The meaning of a connection that was not made, whatever was to be spoken over it. */
final class NetworkFailures {
    static final String ENDPOINT = "whoever runs this server must check parley.gemini.endpoint";

    private NetworkFailures() {}

    /** The exception and its causes, outermost first. */
    static List<Throwable> chain(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable next = failure; next != null && chain.size() < 10; next = next.getCause()) {
            chain.add(next);
        }
        return chain;
    }

    /** The chain in one line, for the log. */
    static String describe(List<Throwable> chain) {
        return chain.stream().map(NetworkFailures::describe).collect(Collectors.joining(" ← "));
    }

    /** The meaning of one exception of the chain; empty when it tells nothing. */
    static Optional<ParleyException> of(Throwable cause, String details) {
        if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
            return unavailable(
                    "The name of the Gemini server is not known. Check the network and DNS of this server, or "
                            + ENDPOINT + ".");
        }
        if (cause instanceof SSLException) {
            return refused(tls(details));
        }
        if (cause instanceof ConnectException) {
            return unavailable("Nothing answers at the Gemini server's address. Check the network and firewall of this"
                    + " server, or " + ENDPOINT + ".");
        }
        return Optional.empty();
    }

    /** What only the texts of the exceptions tell; empty when they do not. */
    static Optional<ParleyException> ofProxy(String details) {
        return details.toLowerCase(Locale.ROOT).contains("proxy")
                ? refused("The network's proxy did not let this server connect to Gemini. Whoever runs this server must"
                        + " check the JVM's proxy settings (https.proxyHost) and the proxy's rules.")
                : Optional.empty();
    }

    private static String tls(String details) {
        boolean trust =
                details.contains("PKIX") || details.toLowerCase(Locale.ROOT).contains("certificat");
        return trust
                ? "This server does not trust the certificate of the Gemini server. Whoever runs it must add the"
                        + " certificate's issuer to the JVM's trust store, or check parley.gemini.endpoint."
                : "No secure connection to the Gemini server could be made; " + ENDPOINT
                        + ", and that nothing on the way breaks TLS.";
    }

    private static Optional<ParleyException> unavailable(String sentence) {
        return Optional.of(new ParleyException(FailureKind.UPSTREAM_UNAVAILABLE, sentence));
    }

    private static Optional<ParleyException> refused(String sentence) {
        return Optional.of(new ParleyException(FailureKind.UPSTREAM_REFUSED, sentence));
    }

    private static String describe(Throwable failure) {
        return failure.getClass().getSimpleName() + (failure.getMessage() == null ? "" : ": " + failure.getMessage());
    }
}
