package dev.parley.operations.rest;

import dev.parley.operations.diagnostics.OwnAddress;
import dev.parley.security.SignedIn;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import dev.parley.shared.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.security.Principal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets operators in and nobody else, whatever path led here: who is one was settled by the filter before every address
 * ({@code security.gate}). What changes something has to be JSON, which no form of a foreign page sends unasked, and must not
 * come from another site (Fetch Metadata, {@code Sec-Fetch-Site}); {@code Origin} was checked before.
 */
@ApplicationScoped
public class AdminGuard implements ContainerRequestFilter {
    /** Under which the request carries who operates, for the log. */
    static final String OPERATOR = "dev.parley.operator";

    private static final Set<String> QUESTIONS = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    private final OwnAddress address;

    @Context
    private @Nullable HttpServletRequest http;

    /** For CDI's client proxy, which has no use for the fields; public because RESTEasy looks for one before it asks CDI. */
    @SuppressWarnings("NullAway") // the proxy's own fields are never read
    public AdminGuard() {
        address = null;
    }

    /** Tells {@code address} where operators reach this server. */
    @Inject
    public AdminGuard(OwnAddress address) {
        this.address = address;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        HttpServletRequest here = http;
        Principal operator = here == null ? null : here.getUserPrincipal();
        if (here == null || operator == null || !here.isUserInRole(SignedIn.ADMIN)) {
            boolean known = operator != null;
            refuse(
                    request,
                    new ParleyException(
                            known ? FailureKind.REFUSED : FailureKind.SIGN_IN_NEEDED,
                            "This is for whoever operates this server: sign in with the role admin, show the token of"
                                    + " parley.operations.admin-token, or come from the server itself as localhost."));
            return;
        }
        address.learn(here);
        request.setProperty(OPERATOR, operator.getName());
        if (!QUESTIONS.contains(request.getMethod())) {
            checkChange(request, here);
        }
    }

    private static void checkChange(ContainerRequestContext request, HttpServletRequest here) {
        String site = here.getHeader("Sec-Fetch-Site");
        if (site != null && !OWN_SITES.contains(site)) {
            refuse(
                    request,
                    new ParleyException(FailureKind.REFUSED, "Pages of other sites may not operate this server."));
        } else if (!MediaType.APPLICATION_JSON_TYPE.isCompatible(request.getMediaType())) {
            request.abortWith(Problem.ofStatus(415, "Send what changes something with Content-Type: application/json.")
                    .toResponse());
        }
    }

    private static void refuse(ContainerRequestContext request, ParleyException why) {
        request.abortWith(Problem.of(why).toResponse());
    }
}
