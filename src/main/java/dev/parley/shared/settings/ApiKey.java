package dev.parley.shared.settings;

/**
 * A Gemini API key under the operator's name for it. Logs, metrics and pages show the name.
 *
 * @param name what the operator calls it: letters, digits, {@code . _ -}
 * @param secret the key itself
 */
public record ApiKey(String name, Secret secret) {
    /** The stand-in for a key while the simulator answers. */
    public static final ApiKey SIMULATOR = new ApiKey("simulator", new Secret("simulator"));
}
