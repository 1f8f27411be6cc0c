package dev.parley.simulator;

import dev.parley.shared.settings.SettingsReader;
import dev.parley.simulator.session.SessionLimits;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Whether and how the simulator is served.
 *
 * @param enabled true without a key or project ({@code auto}), or as {@code parley.simulator.enabled} says
 * @param address where this server dials it; empty: learned from requests
 * @param maxSessions connections at once
 * @param sessions bounds of each
 */
record SimulatorSettings(boolean enabled, Optional<URI> address, int maxSessions, SessionLimits sessions) {
    private static final String ENABLED = "parley.simulator.enabled";
    private static final String ADDRESS = "parley.simulator.address";

    /** Each of these gives access to Gemini itself. */
    private static final List<String> ACCESS =
            List.of("GEMINI_API_KEY", "parley.gemini.key", "parley.gemini.keys", "parley.gemini.vertex.project");

    static SimulatorSettings read(SettingsReader settings) {
        String wish = settings.choice(ENABLED, "auto", List.of("auto", "always", "never"));
        boolean keyless = ACCESS.stream().allMatch(name -> settings.text(name).isEmpty());
        if (keyless && wish.equals("never")) {
            throw settings.refuse(
                    ENABLED,
                    wish,
                    "auto or always while there is no key, or nobody answers: set GEMINI_API_KEY or leave the simulator"
                            + " on auto");
        }
        boolean enabled = wish.equals("always") || (wish.equals("auto") && keyless);
        Duration connectionTime = settings.duration(
                "parley.simulator.connection-time",
                SessionLimits.DEFAULT.connectionTime(),
                Duration.ofSeconds(1),
                Duration.ofHours(24));
        return new SimulatorSettings(
                enabled,
                address(settings),
                settings.integer("parley.simulator.max-sessions", 300, 1, 10_000),
                new SessionLimits(
                        connectionTime, SessionLimits.DEFAULT.goAwayTime(), SessionLimits.DEFAULT.maxMessageBytes()));
    }

    private static Optional<URI> address(SettingsReader settings) {
        Optional<URI> address = settings.uri(ADDRESS, List.of("http", "https"));
        address.ifPresent(uri -> {
            if (uri.getRawQuery() != null || uri.getRawFragment() != null || uri.getRawUserInfo() != null) {
                throw settings.refuse(ADDRESS, uri.getHost(), "an address without user, query and fragment");
            }
        });
        return address;
    }
}
