package dev.parley.gemini.access;

import dev.parley.gemini.access.token.Token;
import dev.parley.shared.settings.ApiKey;
import dev.parley.shared.settings.Secret;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * What a request shows in its headers.
 *
 * @param secret a key or an access token
 * @param token whether it is a token
 * @param payer the project that pays for the use, where that is not the one that is used
 */
public record Credential(Secret secret, boolean token, Optional<String> payer) {
    static Credential of(ApiKey key) {
        return new Credential(key.secret(), false, Optional.empty());
    }

    static Credential of(Token token) {
        return new Credential(token.secret(), true, token.payer());
    }

    /** Gives each header to {@code headers}, name before value. */
    public void write(BiConsumer<String, String> headers) {
        if (token) {
            headers.accept("Authorization", "Bearer " + secret.reveal());
            payer.ifPresent(project -> headers.accept("x-goog-user-project", project));
        } else {
            headers.accept("x-goog-api-key", secret.reveal());
        }
    }
}
