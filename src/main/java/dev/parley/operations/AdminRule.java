package dev.parley.operations;

import dev.parley.shared.settings.Secret;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may operate: who has the role {@code admin}; who shows the operator's token; or whoever sits at the server itself. The
 * last is believed only of a request that no proxy passed on and whose host no name server is asked for, or a stranger's page
 * could come by a name of its own that leads to this machine (DNS rebinding). Immutable; any thread.
 */
@ApplicationScoped
public class AdminRule {
    /** What proxies add. */
    private static final List<String> FORWARDED =
            List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via");

    private static final Pattern LOOPBACK = Pattern.compile("127(\\.\\d{1,3}){3}|(0{1,4}:){7}0{0,3}1|::1");
    private static final Pattern LOCAL_HOST =
            Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d{1,5})?", Pattern.CASE_INSENSITIVE);
    private static final String BEARER = "Bearer ";

    private final Optional<Secret> token;

    /** For CDI's client proxy only. */
    protected AdminRule() {
        token = Optional.empty();
    }

    /** Reads the token. */
    @Inject
    public AdminRule(OperationsSettings settings) {
        token = settings.adminToken();
    }

    /** Who operates, for the log; empty when the request may not. */
    public Optional<String> operator(HttpServletRequest request) {
        if (request.isUserInRole("admin") && request.getUserPrincipal() != null) {
            return Optional.of(request.getUserPrincipal().getName());
        }
        if (showsToken(request.getHeader("Authorization"))) {
            return Optional.of("the holder of the operator's token");
        }
        return isLocal(request) ? Optional.of("someone at the server itself") : Optional.empty();
    }

    /** Compares in a time that tells nothing. */
    private boolean showsToken(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return false;
        }
        String shown = authorization.substring(BEARER.length()).strip();
        return !shown.isEmpty() && token.filter(new Secret(shown)::equals).isPresent();
    }

    private static boolean isLocal(HttpServletRequest request) {
        String host = request.getHeader("Host");
        return LOOPBACK.matcher(String.valueOf(request.getRemoteAddr())).matches()
                && host != null
                && LOCAL_HOST.matcher(host).matches()
                && FORWARDED.stream().noneMatch(name -> request.getHeader(name) != null);
    }
}
