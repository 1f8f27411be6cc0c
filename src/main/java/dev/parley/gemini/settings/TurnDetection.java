package dev.parley.gemini.settings;

import dev.parley.gemini.service.GoogleService;
import dev.parley.shared.settings.SettingsReader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How the server finds the turns of a conversation. Empty: the server's own default.
 *
 * @param startSensitivity {@code START_SENSITIVITY_HIGH} or {@code _LOW}
 * @param endSensitivity {@code END_SENSITIVITY_HIGH} or {@code _LOW}
 * @param prefixPadding speech needed before a start counts
 * @param silenceDuration silence needed before an end counts
 * @param activityHandling {@code START_OF_ACTIVITY_INTERRUPTS} or {@code NO_INTERRUPTION}
 * @param turnCoverage what of the input belongs to a turn, as the wire spells it
 */
public record TurnDetection(
        Optional<String> startSensitivity,
        Optional<String> endSensitivity,
        Optional<Duration> prefixPadding,
        Optional<Duration> silenceDuration,
        Optional<String> activityHandling,
        Optional<String> turnCoverage) {
    /** Speaking cuts the answer. */
    public static final String INTERRUPTS = "START_OF_ACTIVITY_INTERRUPTS";

    /** It does not. */
    public static final String NO_INTERRUPTION = "NO_INTERRUPTION";

    private static final List<String> SENSITIVITIES = List.of("HIGH", "LOW");
    private static final List<String> COVERAGES = List.of(
            "TURN_INCLUDES_ONLY_ACTIVITY", "TURN_INCLUDES_ALL_INPUT", "TURN_INCLUDES_AUDIO_ACTIVITY_AND_ALL_VIDEO");

    /** Vertex AI is deafer by default; there it is asked for what the Developer API does, so that both feel alike. */
    static TurnDetection read(SettingsReader reader, GoogleService service) {
        String usual = service.isVertex() ? "HIGH" : "";
        return new TurnDetection(
                choice(
                        reader,
                        "parley.gemini.vad.start-sensitivity",
                        usual,
                        SENSITIVITIES,
                        "START_SENSITIVITY_"::concat),
                choice(reader, "parley.gemini.vad.end-sensitivity", usual, SENSITIVITIES, "END_SENSITIVITY_"::concat),
                padding(reader, "parley.gemini.vad.prefix-padding"),
                padding(reader, "parley.gemini.vad.silence-duration"),
                choice(
                        reader,
                        "parley.gemini.activity-handling",
                        "",
                        List.of("INTERRUPTS", "NONE"),
                        word -> word.equals("NONE") ? NO_INTERRUPTION : INTERRUPTS),
                choice(reader, "parley.gemini.turn-coverage", "", coverageWords(), word -> COVERAGES.stream()
                        .filter(coverage -> coverage.endsWith(word))
                        .findFirst()
                        .orElseThrow()));
    }

    private static List<String> coverageWords() {
        return COVERAGES.stream()
                .flatMap(coverage -> List.of(coverage, coverage.replace("TURN_INCLUDES_", "")).stream())
                .collect(Collectors.toList());
    }

    private static Optional<String> choice(
            SettingsReader reader, String property, String usual, List<String> choices, Function<String, String> wire) {
        String chosen = reader.choice(property, usual, choices);
        return chosen.isEmpty() ? Optional.empty() : Optional.of(wire.apply(chosen));
    }

    private static Optional<Duration> padding(SettingsReader reader, String property) {
        return reader.text(property)
                .map(given -> reader.duration(property, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(10)));
    }
}
