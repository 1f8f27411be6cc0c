package dev.parley.it.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** What the deployed server has logged since this object was made. */
public final class ServerLog {
    private static final Path FILE =
            Path.of(Objects.requireNonNull(System.getProperty("parley.it.server.log"), "run through mvnw verify"));

    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");
    private static final Pattern RECORD = Pattern.compile("^(?=\\[?\\d{4}-\\d\\d-\\d\\d[T ])", Pattern.MULTILINE);

    /** A level as Payara writes it, and as WildFly does after the date and the time. */
    private static final Pattern ERROR =
            Pattern.compile("\\A[^\\n]*\\] \\[(SEVERE|ERROR)\\] \\[|\\A\\S+ \\S+ (ERROR|FATAL) ");

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
        boolean ours = entry.contains(" [dev.parley.") && entry.contains("\n\tat ");
        return (ERROR.matcher(entry).find() || ours) && !entry.contains(BROKEN_UPSTREAM) && !isLeftOver(entry);
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
