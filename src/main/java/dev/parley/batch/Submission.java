package dev.parley.batch;

import dev.parley.batch.upload.FormFields;
import dev.parley.batch.upload.ReceivedRecording;
import dev.parley.batch.upload.RecordingReceiver;
import dev.parley.shared.execution.Cancellation;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import dev.parley.shared.stream.CancellableInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request as it came in: its head, and a body still to be read.
 *
 * @param contentType the header; empty when the client gave none
 * @param query the fields of a raw body: {@code model}, {@code prompt}, {@code language}
 * @param contentLength -1 when unknown
 * @param streamed whether the client takes the answer in pieces
 */
record Submission(
        Optional<String> contentType,
        Map<String, String> query,
        long contentLength,
        InputStream body,
        boolean streamed) {
    private static final String UNTOLD = "application/octet-stream";
    private static final Set<String> RAW = Set.of("video/webm", "video/mp4", "application/ogg", UNTOLD);
    private static final Pattern BOUNDARY =
            Pattern.compile("(?i);\\s*boundary\\s*=\\s*(?:\"([^\"]{1,100})\"|([^\\s;\"]{1,100}))");
    private static final int LONGEST_SHOWN = 100;

    /** Brings the recording to disk and the fields to {@code fields}; a cancellation ends it though nothing comes. */
    ReceivedRecording receive(RecordingReceiver receiver, FormFields fields, Path folder, Cancellation cancellation)
            throws IOException {
        try (InputStream cancellable = new CancellableInput(body, cancellation)) {
            return receive(receiver, fields, folder, cancellable);
        }
    }

    private ReceivedRecording receive(RecordingReceiver receiver, FormFields fields, Path folder, InputStream bytes)
            throws IOException {
        String type = contentType
                .map(text -> text.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .orElse(UNTOLD);
        if (type.equals("multipart/form-data")) {
            receiver.checkLength(contentLength, true);
            return receiver.receiveForm(bytes, boundary(contentType.orElse("")), fields, folder);
        }
        if (!type.startsWith("audio/") && !RAW.contains(type)) {
            throw new ParleyException(
                    FailureKind.UNSUPPORTED_AUDIO,
                    "The body is declared as " + type.substring(0, Math.min(LONGEST_SHOWN, type.length()))
                            + ". Send the recording as the field \"file\" of multipart/form-data, or as the body with its"
                            + " audio type or application/octet-stream.");
        }
        receiver.checkLength(contentLength, false);
        query.forEach(fields::put);
        // application/octet-stream says nothing of what the recording is
        return receiver.receiveRaw(bytes, type.equals(UNTOLD) ? Optional.empty() : contentType, folder);
    }

    private static String boundary(String header) {
        Matcher matcher = BOUNDARY.matcher(header);
        if (!matcher.find()) {
            return "";
        }
        return matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    }
}
