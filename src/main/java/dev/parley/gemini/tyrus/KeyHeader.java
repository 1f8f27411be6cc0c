package dev.parley.gemini.tyrus;

import dev.parley.shared.settings.Secret;
import jakarta.websocket.ClientEndpointConfig;
import java.util.List;
import java.util.Map;

/** Puts the key where no URL, log or proxy shows it; and leaves out the browsers' header that Tyrus adds. */
final class KeyHeader extends ClientEndpointConfig.Configurator {
    private final Secret key;

    KeyHeader(Secret key) {
        this.key = key;
    }

    @Override
    public void beforeRequest(Map<String, List<String>> headers) {
        headers.remove("Origin");
        headers.put("x-goog-api-key", List.of(key.reveal()));
        headers.put("User-Agent", List.of("Parley"));
    }
}
