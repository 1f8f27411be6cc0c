package dev.parley.batch.upload;

import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Optional;

/**
 * Receives recordings. Refuses with a {@link ParleyException}; an {@link IOException} means that the client left or that
 * the disk does not take more. Immutable; blocks.
 */
public final class RecordingReceiver {
    /** Fields and headers beside the recording. */
    private static final int MOST_OTHER_BYTES = 1 << 20;

    private static final String RECORDING = "file";
    private static final int MOST_FIELD_BYTES = 128 << 10;
    private static final int BUFFER = 64 << 10;

    private final UploadLimits limits;
    private final Clock clock;

    /** A receiver with these bounds. */
    public RecordingReceiver(UploadLimits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /** Refuses what is too large by its own account, before anything is read. */
    public void checkLength(long contentLength, boolean multipart) {
        if (contentLength > limits.mostBytes() + (multipart ? MOST_OTHER_BYTES : 0)) {
            throw BoundedBody.tooLarge(limits);
        }
    }

    /** Receives a body that is the recording. */
    public ReceivedRecording receiveRaw(InputStream body, Optional<String> declaredType, Path folder)
            throws IOException {
        InputStream bounded = new BoundedBody(body, limits, 0, clock);
        return nonEmpty(store(bounded::read, declaredType, folder));
    }

    /** Receives a form whose field {@code file} is the recording; its other fields go to {@code fields}. */
    public ReceivedRecording receiveForm(InputStream body, String boundary, FormFields fields, Path folder)
            throws IOException {
        MultipartReader parts = new MultipartReader(
                new BoundedBody(body, limits, MOST_OTHER_BYTES, clock), boundary, RECORDING, MOST_OTHER_BYTES);
        ReceivedRecording received = null;
        for (Optional<PartHeaders> next = parts.next(); next.isPresent(); next = parts.next()) {
            PartHeaders part = next.get();
            if (part.name().equals(RECORDING)) {
                if (received != null) {
                    throw bad("The field \"file\" is there twice. Send one recording at a time.");
                }
                received = store(parts::read, part.contentType(), folder);
            } else if (FormFields.isKnown(part.name())) {
                fields.put(part.name(), text(parts, part.name()));
            }
        }
        if (received == null) {
            throw bad("The form has no field \"file\" with a recording.");
        }
        return nonEmpty(received);
    }

    /** As {@link InputStream#read(byte[], int, int)}. */
    @FunctionalInterface
    private interface Source {
        int read(byte[] buffer, int offset, int length) throws IOException;
    }

    private ReceivedRecording store(Source source, Optional<String> declaredType, Path folder) throws IOException {
        Path file = folder.resolve("received");
        byte[] buffer = new byte[BUFFER];
        long bytes = 0;
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
            int count;
            while ((count = source.read(buffer, 0, buffer.length)) >= 0) {
                bytes += count;
                if (bytes > limits.mostBytes()) {
                    throw BoundedBody.tooLarge(limits);
                }
                out.write(buffer, 0, count);
            }
        }
        return new ReceivedRecording(file, declaredType, bytes);
    }

    private static String text(MultipartReader parts, String name) throws IOException {
        byte[] bytes = new byte[MOST_FIELD_BYTES];
        int length = 0;
        int count;
        while ((count = parts.read(bytes, length, bytes.length - length)) >= 0) {
            length += count;
            if (length == bytes.length) {
                throw bad("The field \"" + name + "\" is longer than " + MOST_FIELD_BYTES + " bytes.");
            }
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private static ReceivedRecording nonEmpty(ReceivedRecording received) {
        if (received.bytes() == 0) {
            throw bad("The recording is empty. Record something and send it again.");
        }
        return received;
    }

    private static ParleyException bad(String sentence) {
        return new ParleyException(FailureKind.BAD_MESSAGE, sentence);
    }
}
