package dev.parley.security.oidc;

import dev.parley.security.signin.RoleNames;
import dev.parley.shared.settings.SettingsReader;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where a token says in which roles somebody is: a claim such as {@code roles}, or one inside another such as {@code
 * realm_access.roles}; a list, or words in one text.
 */
record RoleClaim(List<String> path, RoleNames names) {
    /** More than that is no list of roles but a directory; a cookie has no room for it. */
    private static final int MOST = 50;

    private static final int LONGEST = 64;

    static RoleClaim read(SettingsReader settings) {
        String claim = settings.text("parley.security.oidc.roles-claim", "roles");
        return new RoleClaim(List.of(claim.split("\\.")), RoleNames.read(settings));
    }

    /** The roles, in this server's names; the two that matter here are found among however many. */
    Set<String> in(Map<String, Object> claims) {
        Object value = claims;
        for (String step : path) {
            value = value instanceof Map<?, ?> inner ? inner.get(step) : null;
        }
        List<String> found = value instanceof Collection<?> list
                ? list.stream().map(String::valueOf).toList()
                : value instanceof String text ? Arrays.asList(text.trim().split("[\\s,]+")) : List.of();
        List<String> kept = found.stream()
                .filter(role -> !role.isEmpty() && role.length() <= LONGEST)
                .sorted((one, other) -> Boolean.compare(matters(other), matters(one)))
                .limit(MOST)
                .toList();
        return names.translate(kept);
    }

    private boolean matters(String role) {
        return role.equals(names.talk()) || role.equals(names.admin());
    }
}
