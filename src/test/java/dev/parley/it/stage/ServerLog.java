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

    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");
    private static final Pattern RECORD = Pattern.compile("^(?=\\[\\d{4}-\\d\\d-\\d\\dT)", Pattern.MULTILINE);

    /** The Tyrus client's words for a connection that its peer has broken; it knows no quieter ones. */
    private static final String BROKEN_UPSTREAM = "org.glassfish.tyrus.container.jdk.client.ClientFilter";

    /**
     * What Payara's HTTP layer says when a client's frames cross the server's close, or the client breaks off in the
     * handshake: it takes what is left for another request. No code of Parley is called then.
     */
    private static final Pattern LEFT_OVER = Pattern.compile(
            "\\[AS-WEB-CORE-00037\\].*NullPointerException[^\\n]*\\n\\tat org\\.glassfish\\.grizzly\\.",
            Pattern.DOTALL);

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

    /** Records that say that something is wrong with the server: errors, and warnings of Parley with a stack trace. */
    public List<String> faults() {
        return RECORD.splitAsStream(COLOUR.matcher(text()).replaceAll(""))
                .filter(ServerLog::isFault)
                .toList();
    }

    private static boolean isFault(String entry) {
        boolean error = entry.contains("] [SEVERE] [") || entry.contains("] [ERROR] [");
        boolean ours = entry.contains("] [dev.parley.") && entry.contains("\n\tat ");
        return (error || ours) && !entry.contains(BROKEN_UPSTREAM) && !isLeftOver(entry);
    }

    private static boolean isLeftOver(String entry) {
        return LEFT_OVER.matcher(entry).find() && !entry.contains("dev.parley.");
    }

    private static long size() {
        try {
            return Files.size(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException("The server does not log to " + FILE, e);
        }
    }
}
