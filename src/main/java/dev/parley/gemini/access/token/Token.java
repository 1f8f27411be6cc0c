package dev.parley.gemini.access.token;

import dev.parley.shared.settings.Secret;
import java.time.Instant;
import java.util.Optional;

/**
 * An access token.
 *
 * @param expires when Google takes it no more
 * @param payer the project that the credentials name for the bill
 */
public record Token(Secret secret, Instant expires, Optional<String> payer) {}
