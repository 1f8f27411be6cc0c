package dev.parley.simulator.setup;

import dev.parley.shared.settings.Secret;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the credential in any of the forms that Google's SDKs use: {@code ?key=}, {@code ?access_token=},
 * {@code x-goog-api-key}, {@code Authorization: Token …} and {@code Authorization: Bearer …}.
 */
public final class CredentialReader {
    private static final List<String> PARAMETERS = List.of("key", "access_token");

    private CredentialReader() {}

    /** The credential; where several came, the one that fits the method. */
    public static Optional<Secret> read(
            Map<String, List<String>> headers, @Nullable String query, boolean constrained) {
        List<String> found = new ArrayList<>();
        headers.forEach((name, values) -> {
            switch (name.toLowerCase(Locale.ROOT)) {
                case "x-goog-api-key" -> found.addAll(values);
                case "authorization" ->
                    values.forEach(value -> found.add(value.replaceFirst("(?i)^(?:Token|Bearer)\\s+", "")));
                default -> {
                    // carries no credential
                }
            }
        });
        addParameters(query == null ? "" : query, found);
        List<String> given = found.stream().filter(value -> !value.isBlank()).toList();
        return given.stream()
                .filter(value -> value.startsWith(Handshake.TOKEN_PREFIX) == constrained)
                .findFirst()
                .or(() -> given.stream().findFirst())
                .map(Secret::new);
    }

    private static void addParameters(String query, List<String> found) {
        for (String parameter : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            if (equals > 0 && PARAMETERS.contains(parameter.substring(0, equals))) {
                try {
                    found.add(URLDecoder.decode(parameter.substring(equals + 1), StandardCharsets.UTF_8));
                } catch (IllegalArgumentException ignored) {
                    // not decodable: no credential
                }
            }
        }
    }
}
