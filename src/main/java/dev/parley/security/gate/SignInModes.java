package dev.parley.security.gate;

import dev.parley.security.oidc.OidcMode;
import dev.parley.security.password.PasswordDesk;
import dev.parley.security.signin.BasicMode;
import dev.parley.security.signin.ContainerMode;
import dev.parley.security.signin.OpenMode;
import dev.parley.security.signin.SignInMode;
import dev.parley.shared.settings.SettingsReader;
import java.time.Clock;
import java.util.List;

/** Makes the configured mode. */
final class SignInModes {
    private SignInModes() {}

    /** Reads {@code parley.security.mode} and what that mode needs. */
    static SignInMode read(SettingsReader settings, Clock clock) {
        return switch (settings.choice("parley.security.mode", "open", List.of("open", "basic", "oidc", "container"))) {
            case "basic" -> new BasicMode(PasswordDesk.read(settings, clock));
            case "oidc" -> OidcMode.read(settings, clock);
            case "container" -> ContainerMode.read(settings, clock);
            default -> new OpenMode();
        };
    }
}
