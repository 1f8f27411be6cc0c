package dev.parley.gemini.rest;

import dev.parley.gemini.failure.AnswerFailures;
import dev.parley.gemini.message.ServerMessage;
import dev.parley.gemini.rest.http.Call;
import dev.parley.gemini.rest.http.CallBody;
import dev.parley.gemini.rest.http.Pauses;
import dev.parley.gemini.rest.http.Reply;
import dev.parley.gemini.rest.http.RestTransport;
import dev.parley.shared.execution.Cancellation;
import dev.parley.shared.settings.ApiKey;
import jakarta.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Gemini's Files API (ai.google.dev/api/files): resumable upload in chunks, waiting for the file, deleting it. */
final class FileStore {
    private static final int MOST_METADATA_BYTES = 256 << 10;
    private static final Pattern NAME = Pattern.compile("files/[A-Za-z0-9_-]{1,100}");
    private static final Duration FIRST_LOOK = Duration.ofMillis(250);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(5);

    private final RestTransport transport;
    private final Pauses pauses;
    private final Retries retries;
    private final Duration patience;

    FileStore(RestTransport transport, Pauses pauses, Retries retries, Duration patience) {
        this.transport = transport;
        this.pauses = pauses;
        this.retries = retries;
        this.patience = patience;
    }

    /**
     * Uploads a file.
     *
     * @param progress told how many bytes have arrived, but not of the last ones: then the file is there, and is returned
     * @return the file, perhaps not ready yet
     */
    FileState upload(
            ApiKey key,
            Path file,
            String mimeType,
            LongConsumer progress,
            RetryNotice notice,
            Cancellation cancellation) {
        long size = size(file);
        URI session = begin(key, size, mimeType, notice, cancellation);
        return new ResumableUpload(
                        new ResumableUpload.Way(transport, retries, patience), key, session, file, size, cancellation)
                .run(progress, notice);
    }

    /** Waits until Gemini can use the file. */
    UploadedFile awaitActive(ApiKey key, FileState uploaded, Cancellation cancellation) {
        FileState file = uploaded;
        Duration look = FIRST_LOOK;
        Duration waited = Duration.ZERO;
        while (!file.isActive()) {
            if (file.hasFailed()) {
                throw AnswerFailures.unusable(file.error());
            }
            if (waited.compareTo(patience) >= 0) {
                throw AnswerFailures.notReady(patience);
            }
            pauses.await(look, cancellation);
            waited = waited.plus(look);
            look = look.multipliedBy(2).compareTo(LONGEST_LOOK) > 0 ? LONGEST_LOOK : look.multipliedBy(2);
            Call call = Call.of("GET", target(file.file().name()), key, patience);
            file = transport.exchange(call, cancellation, reply -> state(reply, null));
        }
        return file.file();
    }

    /** Deletes a file, whatever was cancelled before. */
    void delete(ApiKey key, String name) {
        transport.exchange(Call.of("DELETE", target(name), key, patience), new Cancellation(), reply -> reply.status());
    }

    private URI begin(ApiKey key, long size, String mimeType, RetryNotice notice, Cancellation cancellation) {
        String body = Json.createObjectBuilder()
                .add("file", Json.createObjectBuilder().add("displayName", "recording"))
                .build()
                .toString();
        Call call = Call.of("POST", transport.target("upload/" + transport.version() + "/files"), key, patience)
                .with("Content-Type", "application/json")
                .with("X-Goog-Upload-Protocol", "resumable")
                .with("X-Goog-Upload-Command", "start")
                .with("X-Goog-Upload-Header-Content-Length", Long.toString(size))
                .with("X-Goog-Upload-Header-Content-Type", mimeType)
                .with(CallBody.of(body));
        String session = retries.run(
                () -> transport.exchange(call, cancellation, reply -> reply.headers()
                        .firstValue("X-Goog-Upload-URL")
                        .orElse("")),
                () -> true,
                notice,
                cancellation);
        return checked(session);
    }

    /** Recordings go to no address that is less secure than the configured one. */
    private URI checked(String session) {
        try {
            URI target = URI.create(session);
            String scheme = transport.target("").getScheme();
            if (target.getHost() != null && ("https".equals(target.getScheme()) || scheme.equals(target.getScheme()))) {
                return target;
            }
        } catch (IllegalArgumentException ignored) {
            // told below
        }
        throw AnswerFailures.gibberish("an upload address that is none");
    }

    private URI target(String name) {
        return transport.target(transport.version() + "/" + name);
    }

    static FileState state(Reply reply, @Nullable String member) throws IOException {
        ServerMessage message = ServerMessage.read(reply.text(MOST_METADATA_BYTES))
                .map(all -> member == null ? all : all.object(member))
                .orElseThrow(() -> AnswerFailures.gibberish("no JSON about a file"));
        String name = message.text("name").orElse("");
        Optional<String> uri = message.text("uri");
        if (!NAME.matcher(name).matches() || uri.isEmpty()) {
            throw AnswerFailures.gibberish("a file without a name");
        }
        return new FileState(
                new UploadedFile(name, uri.get(), message.text("mimeType").orElse("")),
                message.text("state").orElse("ACTIVE"),
                message.object("error").text("message").orElse(""));
    }

    static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A file as Google sees it. */
    record FileState(UploadedFile file, String state, String error) {
        boolean isActive() {
            return state.equals("ACTIVE");
        }

        boolean hasFailed() {
            return state.equals("FAILED");
        }
    }
}
