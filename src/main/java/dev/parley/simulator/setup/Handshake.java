package dev.parley.simulator.setup;

import dev.parley.shared.settings.Secret;
import dev.parley.simulator.protocol.ClientMessage.Dialect;
import dev.parley.simulator.protocol.WireFault;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the opening of the socket told.
 *
 * @param version of the API: {@code v1}, {@code v1beta}, …
 * @param dialect which service was addressed
 * @param constrained whether the method for ephemeral tokens was addressed
 * @param credential in whatever form it came
 */
public record Handshake(String version, Dialect dialect, boolean constrained, Optional<Secret> credential) {
    /** What ephemeral tokens begin with. */
    public static final String TOKEN_PREFIX = "auth_tokens/";

    private static final String COMMANDS_PREFIX = "simulate:";
    private static final String INVALID_PREFIX = "invalid";
    private static final Pattern UNTIL = Pattern.compile("~until~(\\d{1,12})$");

    /** Refuses as Google does after the 101: a missing credential, and keys that begin with {@code invalid}. */
    public void authenticate() {
        Secret secret = credential.orElseThrow(WireFault.NO_KEY::refusal);
        if (secret.reveal().startsWith(INVALID_PREFIX)) {
            throw WireFault.BAD_KEY.refusal();
        }
        if (secret.reveal().startsWith(TOKEN_PREFIX) != constrained) {
            throw WireFault.NO_KEY.refusal();
        }
    }

    /**
     * Whether Vertex AI would take the access token now, which it decides before the 101. Beside those that begin with
     * {@code invalid}, a token is refused that says of itself that it has ended: {@code …~until~} and the second of its
     * end, since 1970.
     */
    public static boolean isGoodToken(Optional<Secret> token, Instant now) {
        String text = token.map(Secret::reveal).orElse(INVALID_PREFIX);
        Matcher end = UNTIL.matcher(text);
        return !text.startsWith(INVALID_PREFIX)
                && !(end.find() && now.getEpochSecond() >= Long.parseLong(end.group(1)));
    }

    /** Commands that a key such as {@code simulate:delay-setup:3;goaway:5} carries, without their prefix. */
    public List<String> commands() {
        String key = credential.map(Secret::reveal).orElse("");
        return key.startsWith(COMMANDS_PREFIX)
                ? List.of(key.substring(COMMANDS_PREFIX.length())
                        .replace(':', ' ')
                        .split(";", -1))
                : List.of();
    }
}
