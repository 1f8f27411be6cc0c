package dev.parley.shared.settings;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** A text that cannot be printed by accident: {@link #toString()} hides it, JSON binding finds no property on it. */
public final class Secret {
    private final String value;

    /** Wraps {@code value}; blank is refused, since an empty secret is always a mistake. */
    public Secret(String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("A secret must not be blank");
        }
        this.value = value;
    }

    /** The text itself: to be handed to a header or a cipher, never to a log, a message or a URL. */
    public String reveal() {
        return value;
    }

    /** Takes the same time wherever two texts of one length differ. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret
                && MessageDigest.isEqual(
                        value.getBytes(StandardCharsets.UTF_8), secret.value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "[secret]";
    }
}
