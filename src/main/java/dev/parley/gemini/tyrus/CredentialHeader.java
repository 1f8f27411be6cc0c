package dev.parley.gemini.tyrus;

import dev.parley.gemini.access.Credential;
import jakarta.websocket.ClientEndpointConfig;
import java.util.List;
import java.util.Map;

/** Puts the credential in its header, never in the URL, and takes the browser-like {@code Origin} out that Tyrus adds. */
final class CredentialHeader extends ClientEndpointConfig.Configurator {
    private final Credential credential;

    CredentialHeader(Credential credential) {
        this.credential = credential;
    }

    @Override
    public void beforeRequest(Map<String, List<String>> headers) {
        headers.remove("Origin");
        credential.write((name, value) -> headers.put(name, List.of(value)));
        headers.put("User-Agent", List.of("Parley"));
    }
}
