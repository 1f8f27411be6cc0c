package dev.parley.shared.settings;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.BiConsumer;

/**
 * {@code parley.properties} of the working directory, below the environment and {@code .env}, above what the
 * application brings. The format is that of {@link Properties}, in UTF-8.
 */
public final class PropertiesConfigSource extends FileConfigSource {
    private static final int ORDINAL = 250;

    /** For the service loader. */
    public PropertiesConfigSource() {
        this(Path.of("parley.properties"), FileConfigSource::logWarning);
    }

    PropertiesConfigSource(Path path, BiConsumer<Path, String> warnings) {
        super(path, ORDINAL, read(new SettingsFile(path, warnings)));
    }

    /** Entry by entry, so that a malformed one costs itself only. */
    private static Map<String, String> read(SettingsFile file) {
        Map<String, String> values = new HashMap<>();
        List<String> lines = file.lines();
        for (int first = 0; first < lines.size(); first++) {
            int last = first;
            StringBuilder entry = new StringBuilder(lines.get(first));
            while (goesOn(lines.get(last), last == first) && last + 1 < lines.size()) {
                last++;
                entry.append('\n').append(lines.get(last));
            }
            try {
                Properties parsed = new Properties();
                parsed.load(new StringReader(entry.toString()));
                parsed.stringPropertyNames().forEach(name -> values.put(name, parsed.getProperty(name, "")));
            } catch (IllegalArgumentException malformed) {
                file.warn(first + 1, "has a malformed \\u escape");
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible); // from a string
            }
            first = last;
        }
        return values;
    }

    /** Whether the entry goes on in the next line: an odd number of backslashes at the end, but not of a comment. */
    private static boolean goesOn(String line, boolean firstOfEntry) {
        String text = line.stripLeading();
        if (firstOfEntry && (text.startsWith("#") || text.startsWith("!"))) {
            return false;
        }
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) == '\\') {
            end--;
        }
        return (line.length() - end) % 2 == 1;
    }
}
