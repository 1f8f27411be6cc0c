package dev.parley.security.password;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password's PBKDF2-HMAC-SHA256 (RFC 8018 §5.2), written {@code pbkdf2-sha256$iterations$salt$hash} with salt and hash in
 * base64url. At least 600 000 iterations, as OWASP's Password Storage Cheat Sheet asks for. Immutable.
 */
final class PasswordHash {
    static final int ITERATIONS = 600_000;

    /** Ten times as long to check: more is a mistake, and a way to keep a processor busy. */
    private static final int MOST_ITERATIONS = 6_000_000;

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final Pattern FORM =
            Pattern.compile("pbkdf2-sha256\\$(\\d{1,8})\\$([A-Za-z0-9_-]{22,86})\\$([A-Za-z0-9_-]{43})");

    private final int iterations;
    private final byte[] salt;
    private final byte[] hash;

    private PasswordHash(int iterations, byte[] salt, byte[] hash) {
        this.iterations = iterations;
        this.salt = salt;
        this.hash = hash;
    }

    /** Hashes a password with a fresh salt. */
    static PasswordHash of(String password, SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return new PasswordHash(ITERATIONS, salt, derive(password, salt, ITERATIONS));
    }

    /** One that no password has, and that takes as long as any other one to find out. */
    static PasswordHash unmatchable(SecureRandom random) {
        byte[] bytes = new byte[SALT_BYTES + HASH_BYTES];
        random.nextBytes(bytes);
        byte[] salt = Arrays.copyOf(bytes, SALT_BYTES);
        return new PasswordHash(ITERATIONS, salt, Arrays.copyOfRange(bytes, SALT_BYTES, SALT_BYTES + HASH_BYTES));
    }

    /**
     * Reads the written form.
     *
     * @throws IllegalArgumentException with what is wrong, without the hash
     */
    static PasswordHash parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("has no hash of the form pbkdf2-sha256$iterations$salt$hash");
        }
        int iterations = Integer.parseInt(matcher.group(1));
        if (iterations < ITERATIONS || iterations > MOST_ITERATIONS) {
            throw new IllegalArgumentException(
                    "has " + iterations + " iterations; " + ITERATIONS + " to " + MOST_ITERATIONS + " are allowed");
        }
        Base64.Decoder base64 = Base64.getUrlDecoder();
        return new PasswordHash(iterations, base64.decode(matcher.group(2)), base64.decode(matcher.group(3)));
    }

    /** Whether it is that password's; takes the same time whatever the password is. */
    boolean matches(String password) {
        return MessageDigest.isEqual(hash, derive(password, salt, iterations));
    }

    /** The written form. */
    String written() {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return "pbkdf2-sha256$" + iterations + "$" + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
    }

    @Override
    public String toString() {
        return "[password hash]";
    }

    private static byte[] derive(String password, byte[] salt, int iterations) {
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, HASH_BYTES * 8);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (InvalidKeySpecException impossible) {
            throw new IllegalArgumentException("The password cannot be hashed", impossible);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("This Java has no PBKDF2WithHmacSHA256", missing);
        } finally {
            spec.clearPassword();
        }
    }
}
