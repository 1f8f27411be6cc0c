package dev.parley.shared.settings;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/** Settings of a file, read once, when the application starts. Immutable; never prints a value. */
abstract class FileConfigSource implements ConfigSource {
    private static final System.Logger LOG = System.getLogger(FileConfigSource.class.getName());

    private final Path path;
    private final int ordinal;
    private final Map<String, String> values;

    FileConfigSource(Path path, int ordinal, Map<String, String> values) {
        this.path = path;
        this.ordinal = ordinal;
        this.values = Map.copyOf(values);
    }

    static void logWarning(Path path, String what) {
        LOG.log(System.Logger.Level.WARNING, "The settings file {0}: {1}", path.toAbsolutePath(), what);
    }

    @Override
    public final @Nullable String getValue(String propertyName) {
        return values.get(keyFor(propertyName, values));
    }

    /** Under which key of the file a property is looked up. */
    String keyFor(String property, Map<String, String> settings) {
        return property;
    }

    @Override
    public final Set<String> getPropertyNames() {
        return values.keySet();
    }

    @Override
    public final Map<String, String> getProperties() {
        return values;
    }

    @Override
    public final int getOrdinal() {
        return ordinal;
    }

    @Override
    public final String getName() {
        return path.toAbsolutePath().toString();
    }

    @Override
    public final String toString() {
        return getName();
    }
}
