package dev.parley.it.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What the deployed server has logged since this object was made. */
public final class ServerLog {
    /** As {@code arquillian.xml} configures it; Payara Micro adds the number, 0 is the newest. */
    private static final Path FILE = Path.of("target", "it", "server.log.0");

    private static final Pattern FAULT = Pattern.compile("SEVERE|\\bERROR\\b|^\\s+at [\\w.$/]+\\(|^Caused by: ");

    private final long start = size();

    /** Everything since. */
    public String text() {
        try {
            byte[] all = Files.readAllBytes(FILE);
            return new String(all, (int) start, (int) (all.length - start), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lines that say that something is wrong with the server, stack traces included. */
    public List<String> faults() {
        return text().lines().filter(line -> FAULT.matcher(line).find()).toList();
    }

    private static long size() {
        try {
            return Files.size(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException("The server does not log to " + FILE, e);
        }
    }
}
