package dev.parley.simulator.rest;

import dev.parley.simulator.fault.GoogleError;
import dev.parley.simulator.generation.BatchModel;
import dev.parley.simulator.protocol.LiveJson;
import dev.parley.simulator.protocol.LiveModel;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.Arrays;

/** The models played, Live and batch, as {@code GET /v1beta/models} lists them. */
final class Catalogue {
    private Catalogue() {}

    /** All models of a version. */
    static JsonObject all(String version) {
        JsonArrayBuilder models = LiveJson.array();
        LiveModel.of(version).forEach(model -> models.add(model.toJson()));
        Arrays.stream(BatchModel.values()).forEach(model -> models.add(model.toJson()));
        return LiveJson.object().add("models", models).build();
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
