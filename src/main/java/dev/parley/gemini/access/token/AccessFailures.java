package dev.parley.gemini.access.token;

import com.google.api.client.http.HttpResponseException;
import com.google.auth.Retryable;
import dev.parley.gemini.service.VertexAi;
import dev.parley.shared.failure.FailureKind;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;

/** The meaning of a token that could not be got. */
final class AccessFailures {
    private static final int LONGEST = 500;
    private static final String OPERATOR = "Whoever runs this server must check ";
    private static final String CREDENTIALS = VertexAi.CREDENTIALS_SETTING + " or GOOGLE_APPLICATION_CREDENTIALS";

    /** What a token server answers to a request that it refuses (RFC 6749 §5.2). */
    private static final Pattern ERROR = Pattern.compile("\"error\"\\s*:\\s*\"([a-z_]{1,40})\"");

    /** Time-out and too many requests. */
    private static final List<Integer> BUSY = List.of(408, 429);

    private AccessFailures() {}

    /** The failure for what the library threw. */
    static AccessFailure of(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable next = failure; next != null && chain.size() < 10; next = next.getCause()) {
            chain.add(next);
        }
        String seen = chain.stream()
                .map(cause -> cause.getClass().getSimpleName() + ": " + cause.getMessage())
                .collect(Collectors.joining(" ← "));
        String clean = SecretText.without(seen);
        return of(chain, seen, clean.length() > LONGEST ? clean.substring(0, LONGEST) + "…" : clean);
    }

    private static AccessFailure of(List<Throwable> chain, String seen, String details) {
        if (has(chain, FileSystemException.class)) {
            return refused(
                    "The file with the credentials for Vertex AI cannot be read any more. " + OPERATOR + CREDENTIALS
                            + ".",
                    details);
        }
        if (has(chain, SSLException.class)) {
            return refused(
                    "No secure connection to Google's token server could be made. " + OPERATOR
                            + "that the JVM's trust store has the issuer of its certificate, and that nothing on the way"
                            + " breaks TLS.",
                    details);
        }
        if (seen.contains("default credentials were not found")) {
            return refused(
                    "This server has no credentials for Vertex AI. " + OPERATOR + CREDENTIALS
                            + ", or run it in Google Cloud with a service account.",
                    details);
        }
        if (chain.stream().anyMatch(AccessFailures::isBusy)) {
            return unavailable(
                    "Google's token server is not available now, so Vertex AI cannot be asked. Try again in a moment.",
                    details);
        }
        if (chain.stream().anyMatch(AccessFailures::isNetwork)) {
            return unavailable(
                    "Google's token server cannot be reached, so Vertex AI cannot be asked. Try again; if it stays so,"
                            + " check the network, DNS, firewall and proxy of this server.",
                    details);
        }
        return refused(refusal(seen), details);
    }

    private static String refusal(String seen) {
        Matcher error = ERROR.matcher(seen);
        String code = error.find() ? error.group(1) : "";
        if (code.equals("invalid_grant")) {
            return "Google did not accept the credentials for Vertex AI (invalid_grant): their key or account was deleted or"
                    + " disabled, or the clock of this server is wrong. " + OPERATOR + CREDENTIALS + ".";
        }
        return "Google gave no access token for Vertex AI" + (code.isEmpty() ? "" : " (" + code + ")") + ". " + OPERATOR
                + CREDENTIALS + "; the log tells more.";
    }

    private static boolean isBusy(Throwable cause) {
        return cause instanceof HttpResponseException answer
                && (answer.getStatusCode() >= 500 || BUSY.contains(answer.getStatusCode()));
    }

    private static boolean isNetwork(Throwable cause) {
        return cause instanceof UnknownHostException
                || cause instanceof SocketException
                || cause instanceof SocketTimeoutException
                || (cause instanceof Retryable retryable && retryable.isRetryable());
    }

    private static boolean has(List<Throwable> chain, Class<? extends Throwable> type) {
        return chain.stream().anyMatch(type::isInstance);
    }

    private static AccessFailure refused(String sentence, String details) {
        return new AccessFailure(FailureKind.UPSTREAM_REFUSED, sentence, details);
    }

    private static AccessFailure unavailable(String sentence, String details) {
        return new AccessFailure(FailureKind.UPSTREAM_UNAVAILABLE, sentence, details);
    }
}
