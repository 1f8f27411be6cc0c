package dev.parley.simulator.turn;

import dev.parley.simulator.protocol.LiveJson;
import dev.parley.simulator.protocol.Refusal;
import jakarta.json.JsonObject;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A written wish that the model call a function: {@code call NAME} or {@code call NAME {"argument":"value"}}.
 *
 * @param function its name
 * @param arguments empty when they are no JSON object
 */
record CallRequest(String function, Optional<JsonObject> arguments) {
    private static final Pattern CALL =
            Pattern.compile("\\s*call\\s+([A-Za-z_][A-Za-z0-9_.:-]{0,127})\\s*(\\{.*)?", Pattern.DOTALL);

    /** The wish, when the text is one. */
    static Optional<CallRequest> in(String text) {
        Matcher matcher = CALL.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String json = matcher.group(2) == null ? "{}" : matcher.group(2);
        return Optional.of(new CallRequest(matcher.group(1), parse(json)));
    }

    private static Optional<JsonObject> parse(String json) {
        try {
            return Optional.of(LiveJson.read(json));
        } catch (Refusal noJson) {
            return Optional.empty();
        }
    }
}
