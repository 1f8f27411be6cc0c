package dev.parley.simulator.prompt;

import dev.parley.simulator.files.DiskFile;
import jakarta.json.JsonObject;
import java.util.List;

/**
 * A request's JSON, whose inline media lie on disk.
 *
 * @param json the body, with the index of a file in the place of each {@code inlineData.data}
 * @param inline the files; deleted when this is closed
 */
public record RequestBody(JsonObject json, List<DiskFile> inline) implements AutoCloseable {
    @Override
    public void close() {
        inline.forEach(DiskFile::close);
    }
}
