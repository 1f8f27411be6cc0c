package dev.parley.operations;

import dev.parley.shared.settings.Secret;
import dev.parley.shared.settings.SettingsReader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who may see what is not for everybody: programs on this very machine that ask for it by a loopback name, and whoever has the
 * token. What a proxy passes on comes from this machine as well, but says so. Any thread.
 */
@ApplicationScoped
public class OperatorAccess {
    private static final String SCHEME = "Bearer ";
    private static final List<String> PASSED_ON = List.of("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via");

    /** By any other name, a page in a browser on this machine may be asking (DNS rebinding). */
    private static final Set<String> LOOPBACK_NAMES =
            Set.of("localhost", "127.0.0.1", "::1", "[::1]", "0:0:0:0:0:0:0:1");

    private final Optional<Secret> token;

    /** For CDI's client proxy only. */
    protected OperatorAccess() {
        token = Optional.empty();
    }

    /** Reads the token. */
    @Inject
    public OperatorAccess(SettingsReader reader) {
        token = reader.secret("parley.operations.metrics-token");
    }

    /** So that a wrong setting stops deployment. */
    void start(@Observes @Initialized(ApplicationScoped.class) Object started) {
        // Being asked for is what reads the settings.
    }

    /** Whether that request comes from the operator, or from a program of theirs. */
    public boolean isGiven(HttpServletRequest request) {
        if (request.isUserInRole("admin")) { // whoever signed in as that
            return true;
        }
        String given = request.getHeader("Authorization");
        if (given != null && given.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            String value = given.substring(SCHEME.length()).strip();
            return !value.isEmpty()
                    && token.filter(known -> known.equals(new Secret(value))).isPresent();
        }
        return isLocal(request);
    }

    private static boolean isLocal(HttpServletRequest request) {
        return PASSED_ON.stream().allMatch(header -> request.getHeader(header) == null)
                && LOOPBACK_NAMES.contains(request.getServerName())
                && isLoopback(request.getRemoteAddr());
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress(); // an address: nothing is looked up
        } catch (UnknownHostException strange) {
            return false;
        }
    }
}
