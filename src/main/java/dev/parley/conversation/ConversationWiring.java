package dev.parley.conversation;

import dev.parley.gemini.settings.ApiKeys;
import dev.parley.limits.LimitSettings;
import dev.parley.limits.NodeAdmission;
import dev.parley.shared.execution.Timers;
import dev.parley.shared.settings.ApiKey;
import dev.parley.shared.settings.SettingsReader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/**
 * Joins capabilities that do not know each other: the keys that {@code gemini} has are what {@code limits} counts by.
 * Without a key the simulator's stand-in has the same limits.
 */
@ApplicationScoped
class ConversationWiring {
    @Produces
    @Singleton
    NodeAdmission admission(ApiKeys keys, SettingsReader reader, Clock clock, Timers timers) {
        List<ApiKey> pool = keys.keys().isEmpty() ? List.of(ApiKey.SIMULATOR) : keys.keys();
        return new NodeAdmission(pool, LimitSettings.read(reader), clock, timers);
    }

    /** Undeployed: who waits is told, and nobody gets in any more. */
    void close(@Disposes NodeAdmission admission) {
        admission.drain();
    }
}
