package dev.parley.gemini.rest.http;

import dev.parley.shared.settings.ApiKey;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A request, ready to be sent any number of times.
 *
 * @param method of HTTP
 * @param target where to
 * @param key sent in its header when the target is Gemini's own address
 * @param model named in failures; empty when none is meant
 * @param headers beside the key
 * @param body empty for none
 * @param patience how long nothing may move, either way
 */
public record Call(
        String method,
        URI target,
        ApiKey key,
        String model,
        Map<String, String> headers,
        Optional<CallBody> body,
        Duration patience) {
    /** Copies the headers. */
    public Call {
        headers = Map.copyOf(headers);
    }

    /** A request without headers and body. */
    public static Call of(String method, URI target, ApiKey key, Duration patience) {
        return new Call(method, target, key, "", Map.of(), Optional.empty(), patience);
    }

    /** The same about a model. */
    public Call about(String named) {
        return new Call(method, target, key, named, headers, body, patience);
    }

    /** The same with one more header. */
    public Call with(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new Call(method, target, key, model, all, body, patience);
    }

    /** The same with a body. */
    public Call with(CallBody content) {
        return new Call(method, target, key, model, headers, Optional.of(content), patience);
    }
}
