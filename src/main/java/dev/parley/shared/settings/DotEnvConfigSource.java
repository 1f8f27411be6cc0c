package dev.parley.shared.settings;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * {@code .env} of the working directory, just below the environment (ordinal 300), and read by its rules:
 * {@code PARLEY_GEMINI_MODEL} answers for {@code parley.gemini.model} (MicroProfile Config 3.1, "Environment
 * Variables Mapping Rules"). The format is that of {@link DotEnvLine}; of a key given twice the last counts. As with
 * every source, MicroProfile Config itself expands {@code ${other.property}} in a value.
 */
public final class DotEnvConfigSource extends FileConfigSource {
    private static final int ORDINAL = 295;

    /** For the service loader. */
    public DotEnvConfigSource() {
        this(Path.of(".env"), FileConfigSource::logWarning);
    }

    DotEnvConfigSource(Path path, BiConsumer<Path, String> warnings) {
        super(path, ORDINAL, read(new SettingsFile(path, warnings)));
    }

    @Override
    String keyFor(String property, Map<String, String> settings) {
        if (settings.containsKey(property)) {
            return property;
        }
        String underscored = property.replaceAll("[^A-Za-z0-9]", "_");
        return settings.containsKey(underscored) ? underscored : underscored.toUpperCase(Locale.ROOT);
    }

    private static Map<String, String> read(SettingsFile file) {
        Map<String, String> values = new HashMap<>();
        List<String> lines = file.lines();
        for (int i = 0; i < lines.size(); i++) {
            try {
                DotEnvLine line = DotEnvLine.parse(lines.get(i));
                if (line != null) {
                    values.put(line.key(), line.value());
                }
            } catch (DotEnvLine.MalformedException malformed) {
                file.warn(i + 1, String.valueOf(malformed.getMessage()));
            }
        }
        return values;
    }
}
