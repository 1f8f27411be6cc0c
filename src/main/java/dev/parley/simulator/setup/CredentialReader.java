package dev.parley.simulator.setup;

import dev.parley.shared.settings.Secret;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the credential in any of the forms that Google's SDKs use: {@code ?key=}, {@code ?access_token=},
 * {@code x-goog-api-key}, {@code Authorization: Token …} and {@code Authorization: Bearer …}.
 */
public final class CredentialReader {
    private static final List<String> PARAMETERS = List.of("key", "access_token");

    private static final Pattern BEARER = Pattern.compile("(?i)Bearer\\s+");

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

    /** What Vertex AI takes: a bearer token, or the key of its express mode; nothing in the URL. */
    public static Optional<Secret> readToken(Map<String, List<String>> headers) {
        List<String> tokens = values(headers, "authorization")
                .filter(value -> BEARER.matcher(value).lookingAt())
                .map(value -> BEARER.matcher(value).replaceFirst(""))
                .toList();
        return Stream.concat(tokens.stream(), values(headers, "x-goog-api-key"))
                .filter(value -> !value.isBlank())
                .findFirst()
                .map(Secret::new);
    }

    /** The headers that may hold a credential, as {@code read} takes them. */
    public static Map<String, List<String>> headers(HttpServletRequest request) {
        return Map.of(
                "x-goog-api-key", Collections.list(request.getHeaders("x-goog-api-key")),
                "authorization", Collections.list(request.getHeaders("Authorization")));
    }

    private static Stream<String> values(Map<String, List<String>> headers, String name) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .flatMap(header -> header.getValue().stream());
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
