package dev.parley.gemini.settings;

import dev.parley.gemini.message.AudioMessage;
import dev.parley.gemini.service.GoogleService;
import dev.parley.shared.settings.SettingsReader;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * How to reach a Live API server and what to ask of it; read once, at start.
 *
 * @param service whose server it is
 * @param endpoint {@code https} → {@code wss}, {@code http} → {@code ws}; a path is kept as a prefix
 * @param version of the API, such as {@code v1beta}
 * @param audioField where the server looks for audio
 * @param connectTimeout from {@code connect} to the end of the WebSocket handshake, waiting for a free dial included
 * @param setupTimeout from the handshake to {@code setupComplete}
 * @param stallTimeout how long one write may take before the connection counts as lost
 * @param queueBytes bound on what waits to be sent, per connection
 * @param turns how the server finds the turns
 * @param offer defaults and allow-lists
 */
public record LiveSettings(
        GoogleService service,
        URI endpoint,
        String version,
        AudioMessage.Field audioField,
        Duration connectTimeout,
        Duration setupTimeout,
        Duration stallTimeout,
        int queueBytes,
        TurnDetection turns,
        LiveOffer offer) {
    private static final Duration LEAST_TIMEOUT = Duration.ofMillis(100);
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(2);

    /** Reads and checks everything; a {@code SettingException} says what is wrong. */
    public static LiveSettings read(SettingsReader reader) {
        boolean current = reader.choice("parley.gemini.audio-field", "audio", List.of("audio", "mediaChunks"))
                .equals("audio");
        GoogleService service = GoogleService.read(reader);
        URI endpoint =
                reader.uri("parley.gemini.endpoint", List.of("https", "http")).orElse(service.endpoint());
        if (endpoint.getRawQuery() != null || endpoint.getRawFragment() != null || endpoint.getRawUserInfo() != null) {
            throw reader.refuse(
                    "parley.gemini.endpoint", endpoint.getHost(), "an address without user, query and fragment");
        }
        return new LiveSettings(
                service,
                endpoint,
                reader.choice("parley.gemini.version", service.versions().get(0), service.versions()),
                current ? AudioMessage.Field.AUDIO : AudioMessage.Field.MEDIA_CHUNKS,
                timeout(reader, "parley.gemini.connect-timeout", 10),
                timeout(reader, "parley.gemini.setup-timeout", 15),
                timeout(reader, "parley.gemini.stall-timeout", 15),
                reader.integer("parley.gemini.queue-bytes", 2 << 20, 64 << 10, 64 << 20),
                TurnDetection.read(reader, service),
                LiveOffer.read(reader));
    }

    private static Duration timeout(SettingsReader reader, String property, int seconds) {
        return reader.duration(property, Duration.ofSeconds(seconds), LEAST_TIMEOUT, LONGEST_TIMEOUT);
    }
}
