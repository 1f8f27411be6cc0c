package dev.parley.browser;

import dev.parley.browser.picture.PictureReader;
import dev.parley.shared.settings.SettingsReader;
import java.time.Duration;

/**
 * Bounds of the browser's door.
 *
 * @param maxMessageBytes longest binary message
 * @param maxImageBytes longest picture, decoded
 * @param messagesPerSecond messages a client may send in a second on average; twice as many at once
 * @param startWithin a client that asks for nothing within this time is closed
 * @param idleTime a connection that is silent, pongs included, for this long is dead
 * @param outboundAudioBytes model audio that may wait for a slow client
 * @param stallTime a client that takes nothing for this long is dead
 */
record BrowserSettings(
        int maxMessageBytes,
        int maxImageBytes,
        int messagesPerSecond,
        Duration startWithin,
        Duration idleTime,
        int outboundAudioBytes,
        Duration stallTime) {
    static BrowserSettings read(SettingsReader settings) {
        return new BrowserSettings(
                settings.integer("parley.browser.max-message-bytes", 512 << 10, 1024, LiveEndpoint.MAX_AUDIO_BYTES),
                settings.integer("parley.browser.max-image-bytes", 512 << 10, 1024, PictureReader.MAX_BYTES),
                settings.integer("parley.browser.messages-per-second", 500, 10, 1_000_000),
                settings.duration(
                        "parley.browser.start-within",
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(10)),
                // Pings go out every 25 s, so anything shorter would close living connections.
                settings.duration(
                        "parley.browser.idle-time",
                        Duration.ofSeconds(90),
                        Duration.ofSeconds(60),
                        Duration.ofHours(1)),
                settings.integer("parley.browser.outbound-audio-bytes", 8 << 20, 64 << 10, 256 << 20),
                settings.duration(
                        "parley.browser.stall-time",
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(5)));
    }
}
