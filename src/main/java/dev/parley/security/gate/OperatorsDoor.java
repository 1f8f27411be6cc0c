package dev.parley.security.gate;

import dev.parley.security.SignedIn;
import dev.parley.security.address.Peer;
import dev.parley.security.signin.Authorization;
import dev.parley.shared.settings.Secret;
import dev.parley.shared.settings.SettingsReader;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** How an operator, or a program that collects figures, comes in without being one of the users. Immutable. */
final class OperatorsDoor {
    private static final String ADMIN_TOKEN = "parley.operations.admin-token";
    private static final String METRICS_TOKEN = "parley.operations.metrics-token";
    private static final int SHORTEST = 16;

    /** How this machine is called by itself; any other name may be a stranger's that leads here (DNS rebinding). */
    private static final Pattern OWN_HOST =
            Pattern.compile("(?i)(?:localhost|127(?:\\.\\d{1,3}){3}|\\[::1\\])(?::\\d{1,5})?");

    private static final SignedIn OPERATOR = new SignedIn("operator", Set.of(SignedIn.TALK, SignedIn.ADMIN));

    private final Optional<Secret> adminToken;
    private final Optional<Secret> metricsToken;

    private OperatorsDoor(Optional<Secret> adminToken, Optional<Secret> metricsToken) {
        this.adminToken = adminToken;
        this.metricsToken = metricsToken;
    }

    static OperatorsDoor read(SettingsReader settings) {
        return new OperatorsDoor(settings.secret(ADMIN_TOKEN, SHORTEST), settings.secret(METRICS_TOKEN, SHORTEST));
    }

    /** Whether a program of this machine asks, by a name that is its own. */
    boolean isOwnMachine(HttpServletRequest request, Peer peer) {
        String host = request.getHeader("Host");
        return peer.ownMachine() && host != null && OWN_HOST.matcher(host).matches();
    }

    /** Whether the request has the token of whoever collects figures. */
    boolean mayReadFigures(HttpServletRequest request) {
        return Authorization.bearer(request)
                .filter(given -> matches(metricsToken, given))
                .isPresent();
    }

    /** The operator of a server that nobody signs in to. */
    Optional<Pass> operator(HttpServletRequest request, Peer peer) {
        if (isOwnMachine(request, peer)) {
            return Optional.of(Pass.of(OPERATOR, true));
        }
        Optional<String> bearer = Authorization.bearer(request);
        if (bearer.isPresent()) {
            return matches(adminToken, bearer.get()) ? Optional.of(Pass.of(OPERATOR, false)) : Optional.empty();
        }
        return Authorization.basic(request)
                .filter(given -> matches(adminToken, given.password()))
                .map(given -> Pass.of(OPERATOR, true));
    }

    /** Whether a browser may be asked for the token. */
    boolean hasAdminToken() {
        return adminToken.isPresent();
    }

    private static boolean matches(Optional<Secret> token, String given) {
        return !given.isBlank() && token.isPresent() && token.get().equals(new Secret(given));
    }
}
