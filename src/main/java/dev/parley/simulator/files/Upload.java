package dev.parley.simulator.files;

import dev.parley.shared.settings.Secret;
import dev.parley.simulator.fault.GoogleError;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A resumable upload. What arrived is kept when a connection breaks; the client asks how much that is and goes on from
 * there. Any thread that may block; a second request at the same time is refused.
 */
public final class Upload {
    /** Longest file. */
    public static final long MAX_BYTES = 200L << 20;

    private static final int BUFFER_BYTES = 64 << 10;

    private final String id;
    private final Wish wish;
    private final DiskFile content;
    private final Instant begun;
    private final MessageDigest digest = sha256();
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile Status status = Status.ACTIVE;

    /** Google's words in {@code X-Goog-Upload-Status}. */
    public enum Status {
        /** Takes bytes. */
        ACTIVE,
        /** Is a file now. */
        FINAL,
        /** Was given up. */
        CANCELLED
    }

    /**
     * What the client asked for at the start.
     *
     * @param owner its key
     * @param name {@code files/…}, chosen by the client or by the server
     * @param displayName may be empty
     * @param mimeType of the bytes
     * @param length bytes announced; −1 when none were
     * @param processing how long the file shall be PROCESSING
     * @param fails whether it shall be FAILED then
     */
    public record Wish(
            Secret owner,
            String name,
            String displayName,
            String mimeType,
            long length,
            Duration processing,
            boolean fails) {}

    Upload(String id, Wish wish, DiskFile content, Instant begun) {
        this.id = id;
        this.begun = begun;
        this.wish = wish;
        this.content = content;
    }

    /** What follows {@code upload_id=}; not guessable. */
    public String id() {
        return id;
    }

    /** What was asked for. */
    public Wish wish() {
        return wish;
    }

    /** Where it stands. */
    public Status status() {
        return status;
    }

    /** When it began. */
    Instant begun() {
        return begun;
    }

    /** Bytes kept so far. */
    public long received() {
        return content.size();
    }

    /**
     * Takes the bytes of one request. After an {@link IOException} those that came are kept.
     *
     * @throws GoogleError when they do not begin where the last ones ended, or are too many
     */
    public void receive(long offset, InputStream bytes) throws IOException {
        if (!busy.compareAndSet(false, true)) {
            throw GoogleError.precondition("Another request is writing to this upload.");
        }
        try {
            requireActive();
            if (offset != received()) {
                throw GoogleError.invalid("Upload offset " + offset + " does not match the " + received()
                        + " bytes received. Ask with X-Goog-Upload-Command: query where to go on.");
            }
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int count = bytes.read(buffer); count >= 0; count = bytes.read(buffer)) {
                take(buffer, count);
            }
        } finally {
            busy.set(false);
        }
    }

    private void take(byte[] buffer, int count) throws IOException {
        long total = received() + count;
        if (total > MAX_BYTES) {
            cancel();
            throw tooLarge();
        }
        if (wish.length() >= 0 && total > wish.length()) {
            cancel();
            throw GoogleError.invalid("More bytes were sent than the " + wish.length()
                    + " announced in X-Goog-Upload-Header-Content-Length; the upload was cancelled.");
        }
        content.append(buffer, 0, count);
        digest.update(buffer, 0, count);
    }

    static GoogleError tooLarge() {
        return GoogleError.invalid("File size exceeds the limit: " + MAX_BYTES + " bytes.");
    }

    /** Refuses when it takes no more bytes. */
    void requireActive() {
        if (status != Status.ACTIVE) {
            throw GoogleError.precondition("Upload has already been terminated.");
        }
    }

    /** All bytes are there; answers them and the base64 of their digest. */
    String complete() throws IOException {
        if (!busy.compareAndSet(false, true)) {
            throw GoogleError.precondition("Another request is writing to this upload.");
        }
        try {
            requireActive();
            if (wish.length() >= 0 && received() != wish.length()) {
                throw GoogleError.invalid("The upload has " + received() + " bytes of the " + wish.length()
                        + " announced in X-Goog-Upload-Header-Content-Length and cannot be finalised.");
            }
            content.complete();
            status = Status.FINAL;
            return Base64.getEncoder().encodeToString(digest.digest());
        } finally {
            busy.set(false);
        }
    }

    DiskFile content() {
        return content;
    }

    /** Gives it up and deletes its bytes; does nothing to one that is a file already. */
    public void cancel() {
        if (status == Status.ACTIVE) {
            status = Status.CANCELLED;
            content.close();
        }
    }

    /** Gives it up unless a request is writing to it, or it is over; answers whether that made room. */
    boolean cancelIfIdle() {
        if (!busy.compareAndSet(false, true)) {
            return false;
        }
        try {
            boolean active = status == Status.ACTIVE;
            cancel();
            return active;
        } finally {
            busy.set(false);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException failure) {
            throw new IllegalStateException("every Java platform has SHA-256", failure);
        }
    }
}
