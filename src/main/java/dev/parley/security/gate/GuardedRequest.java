package dev.parley.security.gate;

import dev.parley.security.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request as the rest of the application sees it: of somebody, in some roles, and without what let it in. */
final class GuardedRequest extends HttpServletRequestWrapper {
    private final Pass pass;
    private final boolean withoutQuery;

    /**
     * A request that was let in.
     *
     * @param withoutQuery hides the query, in which a ticket may be: servers log what they see
     */
    GuardedRequest(HttpServletRequest request, Pass pass, boolean withoutQuery) {
        super(request);
        this.pass = pass;
        this.withoutQuery = withoutQuery;
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
        return pass.who().orElse(null);
    }

    @Override
    public @Nullable String getRemoteUser() {
        return pass.who().map(SignedIn::name).orElse(null);
    }

    @Override
    public boolean isUserInRole(String role) {
        return pass.roles().contains(role);
    }

    @Override
    public @Nullable String getAuthType() {
        return pass.who().isPresent() ? "Parley" : null;
    }

    @Override
    public @Nullable String getQueryString() {
        return withoutQuery ? null : super.getQueryString();
    }

    @Override
    public @Nullable String getParameter(String name) {
        return withoutQuery ? null : super.getParameter(name);
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        return withoutQuery ? Map.of() : super.getParameterMap();
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return withoutQuery ? Collections.emptyEnumeration() : super.getParameterNames();
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        return withoutQuery ? null : super.getParameterValues(name);
    }
}
