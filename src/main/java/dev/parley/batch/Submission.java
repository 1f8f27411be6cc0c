package dev.parley.batch;

import dev.parley.batch.upload.FormFields;
import dev.parley.batch.upload.ReceivedRecording;
import dev.parley.batch.upload.RecordingReceiver;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came in: its head, and a body still to be read.
 *
 * @param type null when the client gave none
 * @param query the fields of a raw body: {@code model}, {@code prompt}, {@code language}
 * @param contentLength -1 when unknown
 * @param streamed whether the client takes the answer in pieces
 */
record Submission(
        @Nullable MediaType type, Map<String, String> query, long contentLength, InputStream body, boolean streamed) {
    private static final Set<String> RAW =
            Set.of("video/webm", "video/mp4", "application/ogg", "application/octet-stream");

    /** Brings the recording to disk and the fields to {@code fields}. */
    ReceivedRecording receive(RecordingReceiver receiver, FormFields fields, Path folder) throws IOException {
        if (type != null && isForm(type)) {
            receiver.checkLength(contentLength, true);
            String boundary = type.getParameters().getOrDefault("boundary", "");
            return receiver.receiveForm(body, boundary, fields, folder);
        }
        if (type != null && !isRecording(type)) {
            throw new ParleyException(
                    FailureKind.UNSUPPORTED_AUDIO,
                    "The body is declared as " + type.getType() + "/" + type.getSubtype()
                            + ". Send the recording as the"
                            + " field \"file\" of multipart/form-data, or as the body with its audio type or"
                            + " application/octet-stream.");
        }
        receiver.checkLength(contentLength, false);
        query.forEach(fields::put);
        return receiver.receiveRaw(body, Optional.ofNullable(type).flatMap(Submission::told), folder);
    }

    private static boolean isForm(MediaType type) {
        return type.getType().equalsIgnoreCase("multipart") && type.getSubtype().equalsIgnoreCase("form-data");
    }

    private static boolean isRecording(MediaType type) {
        return type.getType().equalsIgnoreCase("audio") || RAW.contains(name(type));
    }

    /** {@code application/octet-stream} says nothing. */
    private static Optional<String> told(MediaType type) {
        return name(type).equals("application/octet-stream") ? Optional.empty() : Optional.of(type.toString());
    }

    private static String name(MediaType type) {
        return (type.getType() + "/" + type.getSubtype()).toLowerCase(Locale.ROOT);
    }
}
