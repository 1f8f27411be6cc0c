package dev.parley.shared.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The lines of a small UTF-8 text file. A file that is not there has none; one that cannot be read has none and is
 * warned of. Warnings name the file and the line, never what stands in it.
 */
final class SettingsFile {
    /** Far more than settings need; a wrong file must not fill the heap. */
    static final int MAX_BYTES = 256 * 1024;

    private final Path path;
    private final BiConsumer<Path, String> warnings;

    /** A file whose warnings go to {@code warnings}, as the path and the end of a sentence about it. */
    SettingsFile(Path path, BiConsumer<Path, String> warnings) {
        this.path = path;
        this.warnings = warnings;
    }

    /** Line by line, without ends of line and byte order mark; a line that is not UTF-8 is empty and warned of. */
    List<String> lines() {
        if (Files.notExists(path)) {
            return List.of();
        }
        if (!Files.isRegularFile(path)) { // a pipe would block, and a directory has no lines
            warnings.accept(path, "is not a regular file; it is left out");
            return List.of();
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (IOException | SecurityException failure) {
            warnings.accept(path, "cannot be read (" + failure.getClass().getSimpleName() + "); it is left out");
            return List.of();
        }
        if (bytes.length > MAX_BYTES) {
            warnings.accept(path, "is larger than " + MAX_BYTES + " bytes; it is left out");
            return List.of();
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        List<String> lines =
                (text.startsWith("\uFEFF") ? text.substring(1) : text).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (!isText(lines.get(i))) {
                warn(i + 1, "is not UTF-8 text");
            }
        }
        return lines.stream().map(line -> isText(line) ? line : "").toList();
    }

    /** Warns of a line, counted from 1. */
    void warn(int line, String what) {
        warnings.accept(path, "line " + line + " " + what + "; it is left out");
    }

    /** Malformed bytes were decoded to U+FFFD; UTF-16 shows as NUL. */
    private static boolean isText(String line) {
        return line.indexOf('\uFFFD') < 0 && line.indexOf('\0') < 0;
    }
}
