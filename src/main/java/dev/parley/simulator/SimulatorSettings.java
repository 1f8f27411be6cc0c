package dev.parley.simulator;

import dev.parley.shared.settings.SettingsReader;
import dev.parley.simulator.session.SessionLimits;
import java.time.Duration;
import java.util.List;

/**
 * Whether and how the simulator is served.
 *
 * @param enabled true without a key ({@code auto}), or as {@code parley.simulator.enabled} says
 * @param maxSessions connections at once
 * @param sessions bounds of each
 */
record SimulatorSettings(boolean enabled, int maxSessions, SessionLimits sessions) {
    /** Each of these gives access to Gemini itself. */
    private static final List<String> ACCESS = List.of("GEMINI_API_KEY", "parley.gemini.keys");

    static SimulatorSettings read(SettingsReader settings) {
        String wish = settings.choice("parley.simulator.enabled", "auto", List.of("auto", "always", "never"));
        boolean enabled = wish.equals("always")
                || (wish.equals("auto")
                        && ACCESS.stream().allMatch(name -> settings.text(name).isEmpty()));
        Duration connectionTime = settings.duration(
                "parley.simulator.connection-time",
                SessionLimits.DEFAULT.connectionTime(),
                Duration.ofSeconds(1),
                Duration.ofHours(24));
        return new SimulatorSettings(
                enabled,
                settings.integer("parley.simulator.max-sessions", 300, 1, 10_000),
                new SessionLimits(
                        connectionTime, SessionLimits.DEFAULT.goAwayTime(), SessionLimits.DEFAULT.maxMessageBytes()));
    }
}
