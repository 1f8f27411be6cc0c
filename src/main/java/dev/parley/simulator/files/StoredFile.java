package dev.parley.simulator.files;

import dev.parley.shared.settings.Secret;
import dev.parley.simulator.protocol.LiveJson;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.file.Path;
import java.time.Instant;

/**
 * An uploaded file (ai.google.dev/api/files#File).
 *
 * @param name such as {@code files/abc-123}
 * @param displayName may be empty
 * @param mimeType as declared
 * @param created when the upload was finalised
 * @param ready until then it is PROCESSING
 * @param fails whether it then is FAILED instead of ACTIVE
 * @param expires when it is deleted
 * @param sha256 base64 of the digest
 * @param owner the key that uploaded it; others do not see it
 * @param content the bytes
 */
public record StoredFile(
        String name,
        String displayName,
        String mimeType,
        Instant created,
        Instant ready,
        boolean fails,
        Instant expires,
        String sha256,
        Secret owner,
        DiskFile content) {

    /** Google's word for its state at that moment. */
    public String state(Instant now) {
        if (now.isBefore(ready)) {
            return "PROCESSING";
        }
        return fails ? "FAILED" : "ACTIVE";
    }

    /** Where the bytes lie. */
    public Path path() {
        return content.path();
    }

    /**
     * As the API shows it.
     *
     * @param base address of the version, such as {@code http://127.0.0.1:8080/v1beta}
     */
    public JsonObject toJson(Instant now, String base) {
        JsonObjectBuilder json = LiveJson.object().add("name", name);
        if (!displayName.isEmpty()) {
            json.add("displayName", displayName);
        }
        json.add("mimeType", mimeType)
                .add("sizeBytes", Long.toString(content.size()))
                .add("createTime", created.toString())
                .add("updateTime", (now.isBefore(ready) ? created : ready).toString())
                .add("expirationTime", expires.toString())
                .add("sha256Hash", sha256)
                .add("uri", base + "/" + name)
                .add("state", state(now))
                .add("source", "UPLOADED");
        if (state(now).equals("FAILED")) {
            json.add(
                    "error",
                    LiveJson.object().add("code", 3).add("message", "The file could not be processed (simulated)."));
        }
        return json.build();
    }
}
