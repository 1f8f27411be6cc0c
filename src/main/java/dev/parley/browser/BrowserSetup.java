package dev.parley.browser;

import dev.parley.shared.settings.SettingsReader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Reads the door's settings when the application starts, so that nonsense stops deployment and not a conversation. */
@ApplicationScoped
class BrowserSetup {
    @Produces
    @Singleton
    BrowserSettings settings(SettingsReader reader) {
        return BrowserSettings.read(reader);
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object started, BrowserSettings settings) {
        // Being asked for is what reads them.
    }
}
