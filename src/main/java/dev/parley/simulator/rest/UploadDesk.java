package dev.parley.simulator.rest;

import dev.parley.simulator.fault.Caller;
import dev.parley.simulator.fault.Caller.Scope;
import dev.parley.simulator.fault.FaultCommand;
import dev.parley.simulator.fault.FaultPlans;
import dev.parley.simulator.fault.GoogleError;
import dev.parley.simulator.files.FileShelf;
import dev.parley.simulator.files.StoredFile;
import dev.parley.simulator.files.Upload;
import dev.parley.simulator.files.Upload.Status;
import dev.parley.simulator.files.Upload.Wish;
import dev.parley.simulator.protocol.ClientShapes;
import dev.parley.simulator.protocol.LiveJson;
import dev.parley.simulator.protocol.Refusal;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Google's resumable upload protocol: start, upload, finalize, query, cancel. Blocks on bodies; any thread that may. */
final class UploadDesk {
    private static final String PREFIX = "X-Goog-Upload-";
    private static final int MAX_METADATA_BYTES = 64 << 10;
    private static final int MAX_TYPE_LENGTH = 100;
    private static final Set<String> BYTE_COMMANDS = Set.of("upload", "finalize");

    private final FileShelf shelf;
    private final FaultPlans plans;
    private final Clock clock;

    UploadDesk(FileShelf shelf, FaultPlans plans, Clock clock) {
        this.shelf = shelf;
        this.plans = plans;
        this.clock = clock;
    }

    /**
     * A response with status 200.
     *
     * @param headers to be set
     * @param body JSON, if there is any
     */
    record Answer(Map<String, String> headers, Optional<JsonObject> body) {}

    /**
     * Begins an upload.
     *
     * @param headers by name; an empty text for one that was not sent
     * @param address of uploads; the id is put to its query
     */
    Answer start(Caller caller, UnaryOperator<String> headers, String address, InputStream body) throws IOException {
        if (!headers.apply(PREFIX + "Protocol").equalsIgnoreCase("resumable")) {
            throw GoogleError.invalid("Only X-Goog-Upload-Protocol: resumable is served here.");
        }
        if (!commands(headers).equals(Set.of("start"))) {
            throw GoogleError.invalid("An upload begins with X-Goog-Upload-Command: start.");
        }
        caller.fail(Scope.UPLOAD, plans);
        JsonObject file = metadata(body);
        String type = headers.apply(PREFIX + "Header-Content-Type");
        String mimeType = file.getString("mimeType", type.isEmpty() ? "application/octet-stream" : type);
        if (mimeType.length() > MAX_TYPE_LENGTH || !mimeType.matches("[!-~]+/[ -~]+")) {
            throw GoogleError.invalid("* CreateFileRequest.file.mime_type: is no media type.");
        }
        String length = headers.apply(PREFIX + "Header-Content-Length");
        Upload upload = shelf.begin(new Wish(
                caller.key(),
                name(file),
                cut(file.getString("displayName", "")),
                mimeType,
                length.isEmpty() ? -1 : number(PREFIX + "Header-Content-Length", length),
                processing(caller),
                caller.commands(Scope.FILES).stream()
                        .anyMatch(command -> command.word().equals("failed"))));
        String url = address + "?upload_id=" + upload.id() + "&upload_protocol=resumable";
        Map<String, String> answer = status(upload);
        answer.put(PREFIX + "URL", url);
        answer.put(PREFIX + "Control-URL", url);
        answer.put(PREFIX + "Chunk-Granularity", "1");
        return new Answer(answer, Optional.empty());
    }

    /**
     * Goes on with an upload. The id is all the credential it needs, as at Google.
     *
     * @param base address of the version, for the file's URI
     */
    Answer proceed(String id, UnaryOperator<String> headers, String version, String base, InputStream body)
            throws IOException {
        Upload upload = shelf.upload(id);
        Set<String> commands = commands(headers);
        if (commands.equals(Set.of("query"))) {
            return new Answer(status(upload), shelf.madeOf(upload).map(file -> described(file, base)));
        }
        if (commands.equals(Set.of("cancel"))) {
            upload.cancel();
            return new Answer(status(upload), Optional.empty());
        }
        if (commands.isEmpty() || !BYTE_COMMANDS.containsAll(commands)) {
            throw GoogleError.invalid("X-Goog-Upload-Command must be upload, finalize, both with a comma, query or"
                    + " cancel for an upload under way.");
        }
        Caller.authenticated(version, Optional.of(upload.wish().owner())).fail(Scope.BYTES, plans);
        if (commands.contains("upload")) {
            upload.receive(number(PREFIX + "Offset", headers.apply(PREFIX + "Offset")), body);
        }
        Optional<JsonObject> made = Optional.empty();
        if (commands.contains("finalize")) {
            made = Optional.of(described(shelf.finish(upload), base));
        }
        return new Answer(status(upload), made);
    }

    private JsonObject described(StoredFile file, String base) {
        return LiveJson.object().add("file", file.toJson(clock.instant(), base)).build();
    }

    private static JsonObject metadata(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(MAX_METADATA_BYTES + 1);
        if (bytes.length > MAX_METADATA_BYTES) {
            throw GoogleError.invalid("The file's description is longer than " + MAX_METADATA_BYTES + " bytes.");
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        try {
            JsonObject request = text.isBlank() ? JsonObject.EMPTY_JSON_OBJECT : LiveJson.read(text);
            return LiveJson.inner(ClientShapes.createFile().read(request, "").asJsonObject(), "file");
        } catch (Refusal refusal) {
            throw GoogleError.invalid(refusal);
        }
    }

    private static String name(JsonObject file) {
        String name = file.getString("name", "");
        if (name.isEmpty()) {
            return FileShelf.newName();
        }
        return name.startsWith("files/") ? name : "files/" + name;
    }

    private static String cut(String displayName) {
        if (displayName.length() > 512) {
            throw GoogleError.invalid(
                    "* CreateFileRequest.file.display_name: must be no more than 512 characters long.");
        }
        return displayName;
    }

    private static Duration processing(Caller caller) {
        List<FaultCommand> commands = caller.commands(Scope.FILES);
        return commands.stream()
                .filter(command -> command.word().equals("processing"))
                .findFirst()
                .map(command -> command.seconds(5))
                .orElse(FileShelf.USUAL_PROCESSING);
    }

    private static Map<String, String> status(Upload upload) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(PREFIX + "Status", upload.status().name().toLowerCase(Locale.ROOT));
        if (upload.status() != Status.CANCELLED) {
            headers.put(PREFIX + "Size-Received", Long.toString(upload.received()));
        }
        return headers;
    }

    private static Set<String> commands(UnaryOperator<String> headers) {
        return Stream.of(headers.apply(PREFIX + "Command").split(",", -1))
                .map(command -> command.strip().toLowerCase(Locale.ROOT))
                .filter(command -> !command.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static long number(String header, String value) {
        if (!value.matches("\\d{1,15}")) {
            throw GoogleError.invalid(header + " must be a number of bytes.");
        }
        return Long.parseLong(value);
    }
}
