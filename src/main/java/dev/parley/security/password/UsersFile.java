package dev.parley.security.password;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A file of users, one {@code name:hash:role,role} in each line, {@code #} before a comment. Looked at again when it has
 * changed, at most once a second; one that has become wrong is warned of and the last good one stays in force. Thread safe.
 */
final class UsersFile {
    private static final Logger LOG = System.getLogger(UsersFile.class.getName());
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    private static final long MOST_BYTES = 4 << 20;
    private static final Pattern NAME = Pattern.compile("[^\\s:\\p{Cntrl}][^:\\p{Cntrl}]{0,99}");
    private static final Pattern ROLE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    private final Path path;
    private final Clock clock;

    @GuardedBy("this")
    private Instant lookedAt = Instant.MIN;

    @GuardedBy("this")
    private @Nullable Stamp stamp;

    @GuardedBy("this")
    private Users users = new Users(Map.of(), 0);

    /** What is wrong with the file since when the log was told; empty when nothing is. */
    @GuardedBy("this")
    private String complaint = "";

    /** What changes when a file does. */
    private record Stamp(FileTime modified, long size) {}

    /** One line. */
    record User(String name, PasswordHash hash, Set<String> roles) {}

    /**
     * All users at one moment.
     *
     * @param version another one whenever the file was read again
     */
    record Users(Map<String, User> byName, int version) {}

    private UsersFile(Path path, Clock clock) {
        this.path = path;
        this.clock = clock;
    }

    /**
     * Reads the file.
     *
     * @throws IllegalArgumentException with the line and what is wrong with it
     */
    static UsersFile open(Path path, Clock clock) {
        UsersFile file = new UsersFile(path, clock);
        synchronized (file) {
            try {
                file.stamp = file.stampNow();
                file.users = new Users(file.read(), 1);
                file.lookedAt = clock.instant();
            } catch (IOException failure) {
                throw new IllegalArgumentException(
                        "a users file that can be read (" + failure.getClass().getSimpleName() + ")", failure);
            }
        }
        return file;
    }

    /** As the file is now, or was when it was last right. */
    synchronized Users users() {
        Instant now = clock.instant();
        if (Duration.between(lookedAt, now).compareTo(LOOK_AGAIN) < 0) {
            return users;
        }
        lookedAt = now;
        try {
            Stamp current = stampNow();
            if (!current.equals(stamp)) {
                stamp = current;
                users = new Users(read(), users.version + 1);
                LOG.log(Level.INFO, "The users file was read again: {0} users", users.byName.size());
            }
            complaint = "";
        } catch (IOException unreadable) {
            stamp = null; // whoever makes it readable again need not change it
            complain("cannot be read");
        } catch (IllegalArgumentException wrong) {
            complain(String.valueOf(wrong.getMessage()));
        }
        return users;
    }

    /** Once for the same words in a row. */
    @GuardedBy("this")
    private void complain(String words) {
        if (!words.equals(complaint)) {
            complaint = words;
            LOG.log(
                    Level.WARNING,
                    "The users file {0} {1}; the users that were known before stay in force",
                    path,
                    words);
        }
    }

    private Stamp stampNow() throws IOException {
        return new Stamp(Files.getLastModifiedTime(path), Files.size(path));
    }

    private Map<String, User> read() throws IOException {
        if (Files.size(path) > MOST_BYTES) {
            throw new IllegalArgumentException("is larger than " + MOST_BYTES + " bytes");
        }
        Map<String, User> found = new TreeMap<>();
        List<String> lines = Files.readAllLines(path);
        for (int i = 0; i < lines.size(); i++) {
            String where = "line " + (i + 1) + " ";
            try {
                parse(lines.get(i)).ifPresent(user -> {
                    if (found.put(user.name(), user) != null) {
                        throw new IllegalArgumentException("names somebody a second time");
                    }
                });
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException(where + wrong.getMessage(), wrong);
            }
        }
        return Map.copyOf(found);
    }

    /**
     * Reads one line; empty for a comment.
     *
     * @throws IllegalArgumentException with what is wrong
     */
    static Optional<User> parse(String line) {
        String bare = line.strip();
        if (bare.isEmpty() || bare.startsWith("#")) {
            return Optional.empty();
        }
        String[] fields = bare.split(":", -1);
        if (fields.length != 3 || !NAME.matcher(fields[0]).matches()) {
            throw new IllegalArgumentException("is not name:hash:role,role");
        }
        Set<String> roles = Arrays.stream(fields[2].split(","))
                .map(String::strip)
                .filter(role -> !role.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
        for (String role : roles) {
            if (!ROLE.matcher(role).matches()) {
                throw new IllegalArgumentException("has a role that is not made of letters, digits, '-', '_' and '.'");
            }
        }
        return Optional.of(new User(fields[0], PasswordHash.parse(fields[1]), roles));
    }
}
