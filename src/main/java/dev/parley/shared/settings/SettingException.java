package dev.parley.shared.settings;

import java.io.Serial;

/** A setting has a value that makes no sense; deployment stops with this sentence. */
public final class SettingException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    SettingException(String property, String value, String allowed) {
        super("The setting " + property + " is \"" + value + "\", but must be " + allowed);
    }
}
