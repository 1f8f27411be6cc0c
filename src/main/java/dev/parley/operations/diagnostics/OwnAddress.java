package dev.parley.operations.diagnostics;

import dev.parley.operations.OperationsSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where this server is: as configured, or as the last operator's request found it. Thread safe. */
@ApplicationScoped
public class OwnAddress {
    private final Optional<URI> configured;
    private volatile @Nullable URI seen;

    /** For CDI's client proxy only. */
    protected OwnAddress() {
        configured = Optional.empty();
    }

    /** Reads the setting. */
    @Inject
    public OwnAddress(OperationsSettings settings) {
        configured = settings.address();
    }

    /** A request came in at this listener. */
    public void learn(HttpServletRequest request) {
        String host = request.getLocalAddr();
        String literal = host.indexOf(':') >= 0 ? "[" + host.replace("%", "%25") + "]" : host; // RFC 3986, RFC 6874
        seen = URI.create(
                request.getScheme() + "://" + literal + ":" + request.getLocalPort() + request.getContextPath());
    }

    /** With the context path; empty while nobody knows. */
    public Optional<URI> find() {
        return configured.or(() -> Optional.ofNullable(seen));
    }
}
