package dev.parley.security.oidc;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.security.SignedIn;
import dev.parley.security.cookie.SealedCookie;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Who is signed in, in a cookie of theirs: nothing is kept for them here, and every node that has the same key knows them. Only
 * those who signed out are remembered, so that a copy of their cookie is worth nothing on this node; of too many, the oldest
 * are forgotten. Thread safe.
 */
final class Sessions {
    private static final int MOST_ENDED = 10_000;

    private final SealedCookie cookie;

    @GuardedBy("this")
    private final Set<String> ended = new LinkedHashSet<>();

    Sessions(SealedCookie cookie) {
        this.cookie = cookie;
    }

    void begin(HttpServletResponse response, SignedIn who) {
        cookie.set(
                response,
                Json.createObjectBuilder()
                        .add("id", UUID.randomUUID().toString())
                        .add("name", who.name())
                        .add("roles", Json.createArrayBuilder(who.roles()))
                        .build());
    }

    Optional<SignedIn> find(HttpServletRequest request) {
        return cookie.get(request).filter(this::goesOn).map(content -> {
            Set<String> roles = content.getJsonArray("roles").getValuesAs(JsonString.class).stream()
                    .map(JsonString::getString)
                    .collect(Collectors.toUnmodifiableSet());
            return new SignedIn(content.getString("name"), roles);
        });
    }

    void end(HttpServletRequest request, HttpServletResponse response) {
        cookie.get(request).ifPresent(content -> remember(content.getString("id")));
        cookie.clear(response);
    }

    private synchronized boolean goesOn(JsonObject content) {
        return !ended.contains(content.getString("id"));
    }

    private synchronized void remember(String id) {
        ended.add(id);
        if (ended.size() > MOST_ENDED) {
            ended.remove(ended.iterator().next());
        }
    }
}
