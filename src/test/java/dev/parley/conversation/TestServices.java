package dev.parley.conversation;

import dev.parley.gemini.settings.LiveDefaults;
import dev.parley.media.AudioDecoders;
import dev.parley.shared.settings.SettingsReader;
import java.util.Optional;

/** The capabilities that a conversation uses as they are. */
final class TestServices {
    private TestServices() {}

    static AudioDecoders decoders() {
        return new AudioDecoders();
    }

    static LiveDefaults defaults() {
        return new LiveDefaults(new SettingsReader(name -> Optional.empty()));
    }
}
