package dev.parley.conversation;

import dev.parley.gemini.settings.LiveDefaults;
import dev.parley.media.AudioDecoders;
import dev.parley.shared.settings.SettingsReader;
import dev.parley.tools.offer.OfferedTool;
import dev.parley.tools.offer.ToolSource;
import java.util.List;
import java.util.Optional;

/** The capabilities that a conversation uses as they are. */
final class TestServices {
    private TestServices() {}

    static AudioDecoders decoders() {
        return new AudioDecoders();
    }

    static LiveDefaults defaults() {
        return new LiveDefaults(reader());
    }

    /** Reads defaults. */
    static SettingsReader reader() {
        return new SettingsReader(name -> Optional.empty());
    }

    static ToolSource source(List<OfferedTool> tools) {
        return new ToolSource() {
            @Override
            public String name() {
                return "test";
            }

            @Override
            public List<OfferedTool> tools() {
                return tools;
            }
        };
    }
}
