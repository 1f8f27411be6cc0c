package dev.parley.shared.settings;

/**
 * What is counted at Google under the operator's name for it: an API key, or a project of Google Cloud that is entered
 * with an access token instead. Logs, metrics and pages show the name.
 *
 * @param name what the operator calls it: letters, digits, {@code . _ -}
 * @param secret the key itself
 */
public record ApiKey(String name, Secret secret) {
    /** The stand-in for a key while the simulator answers. */
    public static final ApiKey SIMULATOR = new ApiKey("simulator", new Secret("simulator"));

    /** No key can be this one: keys have no spaces. */
    private static final Secret NO_KEY = new Secret("(a project has no key of its own)");

    /** A project of Google Cloud, which has no key. */
    public static ApiKey ofProject(String project) {
        return new ApiKey(project, NO_KEY);
    }

    /** Whether it is a project, so that its secret is none. */
    public boolean standsForProject() {
        return secret.equals(NO_KEY);
    }
}
