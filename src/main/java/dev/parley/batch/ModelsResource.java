package dev.parley.batch;

import dev.parley.gemini.models.BatchModel;
import dev.parley.gemini.models.ModelCatalogue;
import dev.parley.gemini.models.ModelChoices;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.concurrent.CompletionStage;

/** {@code GET /api/models}: what a person can choose now. */
@Path("models")
@ApplicationScoped
public class ModelsResource {
    private final ModelCatalogue catalogue;

    /** For CDI's client proxy, which has no use for the field; public because RESTEasy looks for one before it asks CDI. */
    @SuppressWarnings("NullAway") // the proxy's own field is never read
    public ModelsResource() {
        catalogue = null;
    }

    /** Tells what this catalogue knows. */
    @Inject
    public ModelsResource(ModelCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** The choices, within two seconds. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> models() {
        return catalogue.current().thenApply(choices -> Response.ok(
                        toJson(choices).toString(), MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .build());
    }

    static JsonObject toJson(ModelChoices choices) {
        JsonArrayBuilder live = Json.createArrayBuilder();
        for (ModelChoices.LiveModel model : choices.live()) {
            live.add(Json.createObjectBuilder().add("name", model.name()).add("title", model.title()));
        }
        JsonArrayBuilder batch = Json.createArrayBuilder();
        for (BatchModel model : choices.batch()) {
            batch.add(Json.createObjectBuilder()
                    .add("name", model.name())
                    .add("title", model.title())
                    .add("kind", model.kind().name().toLowerCase(Locale.ROOT))
                    .add("description", model.description()));
        }
        return Json.createObjectBuilder()
                .add("live", live)
                .add("batch", batch)
                .add("defaultLive", choices.defaultLive())
                .add("defaultBatch", choices.defaultBatch())
                .add("simulated", choices.simulated())
                .build();
    }
}
