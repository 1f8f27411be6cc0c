package dev.parley.security.password;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.security.SignedIn;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Passwords that were found right a short while ago, so that the eighty files of a page do not cost eighty hashes. Keeps
 * no password, only its HMAC under a key that nobody has and that is gone with the process. Thread safe.
 */
final class VerifiedPasswords {
    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final int MOST = 1_000;
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;
    private final Clock clock;

    @GuardedBy("this")
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private record Entry(SignedIn who, int version, Instant until) {}

    VerifiedPasswords(SecureRandom random, Clock clock) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        key = new SecretKeySpec(bytes, ALGORITHM);
        this.clock = clock;
    }

    /** What name and password are kept under. */
    String mark(String name, String password) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(name.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0); // no name has it, so no two pairs are read alike
            return HexFormat.of().formatHex(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("This Java has no " + ALGORITHM, missing);
        }
    }

    /** Whose it was, if it was right not long ago and the users are still those of that version. */
    synchronized Optional<SignedIn> find(String mark, int version) {
        Entry entry = entries.get(mark);
        if (entry == null || entry.version != version || !clock.instant().isBefore(entry.until)) {
            return Optional.empty();
        }
        return Optional.of(entry.who);
    }

    /** It was right; of too many the oldest is forgotten. */
    synchronized void add(String mark, SignedIn who, int version) {
        entries.remove(mark);
        entries.put(mark, new Entry(who, version, clock.instant().plus(KEPT)));
        if (entries.size() > MOST) {
            entries.remove(entries.keySet().iterator().next());
        }
    }
}
