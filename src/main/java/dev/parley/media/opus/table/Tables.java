package dev.parley.media.opus.table;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Named rows of numbers out of a resource of this program: read once, shared, and never written. Safe for all threads. */
public final class Tables {
    private static final String FOLDER = "/dev/parley/media/opus/";

    /** SILK's, {@code silk.tables}. */
    public static final Tables SILK = new Tables("silk.tables");

    /** CELT's, {@code celt.tables}. */
    public static final Tables CELT = new Tables("celt.tables");

    private final Map<String, short[]> rows = new HashMap<>();

    private Tables(String resource) {
        try (InputStream in = Objects.requireNonNull(Tables.class.getResourceAsStream(FOLDER + resource), resource);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            String name = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#")) {
                    int space = line.indexOf(' ');
                    name = space == 0 ? name : line.substring(0, space);
                    append(name, line.substring(space).trim().split(" +", -1));
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(resource, unreadable);
        }
    }

    private void append(String name, String[] numbers) {
        short[] before = rows.getOrDefault(name, new short[0]);
        short[] row = Arrays.copyOf(before, before.length + numbers.length);
        for (int i = 0; i < numbers.length; i++) {
            row[before.length + i] = Short.parseShort(numbers[i]);
        }
        rows.put(name, row);
    }

    /** A row; the same array for everybody, who must not change it. */
    public short[] row(String name) {
        return Objects.requireNonNull(rows.get(name), name);
    }
}
