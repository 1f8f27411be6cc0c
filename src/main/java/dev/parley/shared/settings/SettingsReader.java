package dev.parley.shared.settings;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;

/**
 * Typed, bounded reading of configuration. A blank value counts as absent. Every refusal is a
 * {@link SettingException} that names the property, the value and what is allowed. Immutable; any thread.
 */
@ApplicationScoped
public class SettingsReader {
    private final Function<String, Optional<String>> source;

    /** For CDI's client proxy only. */
    protected SettingsReader() {
        this(name -> Optional.empty());
    }

    /** Reads MicroProfile Config. */
    @Inject
    public SettingsReader(Config config) {
        this(name -> config.getOptionalValue(name, String.class));
    }

    /** Reads any source of texts; for tests and tools. */
    public SettingsReader(Function<String, Optional<String>> source) {
        this.source = source;
    }

    /** The trimmed text, when there is one. */
    public Optional<String> text(String property) {
        return source.apply(property).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** The trimmed text or the default. */
    public String text(String property, String defaultValue) {
        return text(property).orElse(defaultValue);
    }

    /** A secret, when there is one. */
    public Optional<Secret> secret(String property) {
        return text(property).map(Secret::new);
    }

    /** A secret of at least so many characters, when there is one; a refusal does not show it. */
    public Optional<Secret> secret(String property, int shortest) {
        Optional<Secret> secret = secret(property);
        if (secret.isPresent() && secret.get().reveal().length() < shortest) {
            throw refuse(property, "(hidden)", "at least " + shortest + " characters that nobody can guess");
        }
        return secret;
    }

    /** A comma-separated list, trimmed, without empty elements. */
    public List<String> list(String property) {
        return text(property)
                .map(value -> Arrays.stream(value.split(","))
                        .map(String::strip)
                        .filter(element -> !element.isEmpty())
                        .toList())
                .orElse(List.of());
    }

    /** A whole number between two bounds, both allowed. */
    public long number(String property, long defaultValue, long least, long most) {
        String allowed = "a whole number from " + least + " to " + most;
        return text(property)
                .map(value -> {
                    try {
                        long number = Long.parseLong(value.replace("_", ""));
                        if (number >= least && number <= most) {
                            return number;
                        }
                    } catch (NumberFormatException ignored) {
                        // told below, with what is allowed
                    }
                    throw new SettingException(property, value, allowed);
                })
                .orElse(defaultValue);
    }

    /** As {@link #number}, for values that fit an int. */
    public int integer(String property, int defaultValue, int least, int most) {
        return Math.toIntExact(number(property, defaultValue, least, most));
    }

    /** {@code true} or {@code false}. */
    public boolean flag(String property, boolean defaultValue) {
        return choice(property, Boolean.toString(defaultValue), List.of("true", "false"))
                .equals("true");
    }

    /** One of a few words; case does not matter, the answer is as spelled in {@code choices}. */
    public String choice(String property, String defaultValue, List<String> choices) {
        return text(property)
                .map(value -> choices.stream()
                        .filter(choice -> choice.equalsIgnoreCase(value))
                        .findFirst()
                        .orElseThrow(() -> new SettingException(
                                property, value, choices.stream().collect(Collectors.joining(", ", "one of ", "")))))
                .orElse(defaultValue);
    }

    /** A length of time: {@code 90s}, {@code 15m}, {@code 2h}, {@code 250ms}, or ISO 8601 ({@code PT15M}). */
    public Duration duration(String property, Duration defaultValue, Duration least, Duration most) {
        return text(property)
                .map(value -> {
                    try {
                        Duration duration = parseDuration(value.toLowerCase(Locale.ROOT));
                        if (duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) {
                            return duration;
                        }
                    } catch (DateTimeParseException | NumberFormatException | ArithmeticException ignored) {
                        // told below, with what is allowed
                    }
                    throw new SettingException(
                            property, value, "a time such as 90s, 15m or PT15M, from " + least + " to " + most);
                })
                .orElse(defaultValue);
    }

    /** An absolute URI with one of the given schemes and a host. */
    public Optional<URI> uri(String property, List<String> schemes) {
        return text(property).map(value -> {
            try {
                URI uri = URI.create(value);
                String scheme = uri.getScheme();
                if (scheme != null && uri.getHost() != null && schemes.contains(scheme)) {
                    return uri;
                }
            } catch (IllegalArgumentException ignored) {
                // told below, with what is allowed
            }
            throw new SettingException(
                    property, value, "an address that begins with " + String.join(":// or ", schemes) + "://");
        });
    }

    /** A refusal for rules that only the reader of several settings can check. */
    public SettingException refuse(String property, String value, String allowed) {
        return new SettingException(property, value, allowed);
    }

    private static Duration parseDuration(String value) {
        if (value.startsWith("pt") || value.startsWith("p")) {
            return Duration.parse(value);
        }
        if (value.endsWith("ms")) {
            return Duration.ofMillis(Long.parseLong(value.substring(0, value.length() - 2)));
        }
        return Duration.parse("PT" + value);
    }
}
