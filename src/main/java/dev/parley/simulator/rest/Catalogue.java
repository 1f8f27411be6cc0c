package dev.parley.simulator.rest;

import dev.parley.simulator.fault.GoogleError;
import dev.parley.simulator.generation.BatchModel;
import dev.parley.simulator.protocol.LiveModel;
import jakarta.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The models played, Live and batch, as {@code GET /v1beta/models} lists them. */
final class Catalogue {
    private static final int USUAL_PAGE = 50;
    private static final int LARGEST_PAGE = 1000;

    private Catalogue() {}

    /** The models of a version, page by page. */
    static JsonObject list(String version, @Nullable String query) {
        List<JsonObject> models = Stream.concat(
                        LiveModel.of(version).stream().map(LiveModel::toJson),
                        Arrays.stream(BatchModel.values()).map(BatchModel::toJson))
                .toList();
        return Exchange.page("models", models, query, USUAL_PAGE, LARGEST_PAGE);
    }

    /** One model. */
    static JsonObject one(String id, String version) {
        return LiveModel.find(id, version)
                .map(LiveModel::toJson)
                .or(() -> BatchModel.find(id).map(BatchModel::toJson))
                .orElseThrow(
                        () -> GoogleError.notFound("models/" + id + " is not found for API version " + version + "."));
    }
}
