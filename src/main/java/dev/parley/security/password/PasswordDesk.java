package dev.parley.security.password;

import dev.parley.security.Refusal;
import dev.parley.security.SignedIn;
import dev.parley.security.rate.TokenBuckets;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.settings.SettingsReader;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Checks names and passwords. A check costs half a second of a processor, so that a stolen file is of little use; so that
 * strangers cannot spend all processors that way, half of them check at once, a few callers wait for their turn, the next
 * are told to come back, and an address that was wrong too often is not listened to for a while. An unknown name costs what
 * a known one does. Thread safe.
 */
public final class PasswordDesk {
    private static final String FILE = "parley.security.users-file";
    private static final int MOST_ADDRESSES = 10_000;
    private static final int LONGEST_PASSWORD = 256;
    private static final long PATIENCE_SECONDS = 3;

    /** As many as one browser asks at once, with room for another one. */
    private static final int LEAST_PLACES = 8;

    private final UsersFile file;
    private final VerifiedPasswords verified;
    private final TokenBuckets failures;
    private final PasswordHash nobody;
    private final Semaphore processors;
    private final Semaphore places;

    /**
     * What came of a check: somebody, or a refusal, or neither when name and password do not belong together.
     */
    public record Outcome(Optional<SignedIn> who, Optional<Refusal> refusal) {
        static final Outcome WRONG = new Outcome(Optional.empty(), Optional.empty());

        static Outcome known(SignedIn who) {
            return new Outcome(Optional.of(who), Optional.empty());
        }

        static Outcome refused(Refusal refusal) {
            return new Outcome(Optional.empty(), Optional.of(refusal));
        }
    }

    private PasswordDesk(UsersFile file, int failuresPerMinute, int processors, Clock clock, SecureRandom random) {
        this.file = file;
        this.verified = new VerifiedPasswords(random, clock);
        this.failures = new TokenBuckets(failuresPerMinute, MOST_ADDRESSES, clock);
        this.nobody = PasswordHash.unmatchable(random);
        this.processors = new Semaphore(processors, true);
        this.places = new Semaphore(Math.max(LEAST_PLACES, processors * 3));
    }

    /** Reads {@code parley.security.users-file} and the file itself; a wrong line stops deployment. */
    public static PasswordDesk read(SettingsReader settings, Clock clock) {
        String path = settings.text(FILE)
                .orElseThrow(() -> settings.refuse(FILE, "", "the path of a users file, which the mode basic needs"));
        int failures = settings.integer("parley.security.failed-sign-ins-per-minute", 10, 1, 100_000);
        try {
            return new PasswordDesk(
                    UsersFile.open(Path.of(path), clock),
                    failures,
                    Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
                    clock,
                    new SecureRandom());
        } catch (IllegalArgumentException wrong) { // also a path that is none
            throw settings.refuse(FILE, path, "a users file with right lines: " + wrong.getMessage());
        }
    }

    /** Whose they are. May block for some seconds. */
    public Outcome check(String name, String password, String address) {
        UsersFile.Users users = file.users();
        String mark = verified.mark(name, password);
        Optional<SignedIn> before = verified.find(mark, users.version());
        if (before.isPresent()) {
            return Outcome.known(before.get());
        }
        Optional<Duration> wait = failures.look(address);
        if (wait.isPresent()) {
            return Outcome.refused(Refusal.later(
                    FailureKind.NO_CAPACITY, "Too many wrong passwords came from this address.", wait.get()));
        }
        if (!places.tryAcquire()) {
            return Outcome.refused(busy());
        }
        try {
            if (!processors.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return Outcome.refused(busy());
            }
            try {
                // Whoever waited may find that the same password was checked meanwhile.
                Optional<SignedIn> known = verified.find(mark, users.version());
                return known.isPresent() ? Outcome.known(known.get()) : hash(users, name, password, address, mark);
            } finally {
                processors.release();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Outcome.refused(busy());
        } finally {
            places.release();
        }
    }

    private Outcome hash(UsersFile.Users users, String name, String password, String address, String mark) {
        UsersFile.User user = users.byName().get(name);
        boolean plausible = !password.isEmpty() && password.length() <= LONGEST_PASSWORD;
        boolean right = (user == null ? nobody : user.hash()).matches(plausible ? password : "-");
        if (user == null || !right || !plausible) {
            failures.take(address);
            return Outcome.WRONG;
        }
        SignedIn who = new SignedIn(user.name(), user.roles());
        verified.add(mark, who, users.version());
        return Outcome.known(who);
    }

    private static Refusal busy() {
        return Refusal.later(
                FailureKind.NO_CAPACITY, "Too many passwords are being checked now. Try again.", Duration.ofSeconds(2));
    }
}
