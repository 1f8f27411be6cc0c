package dev.parley.batch;

import dev.parley.gemini.models.BatchModel;
import dev.parley.gemini.models.ModelCatalogue;
import dev.parley.gemini.models.ModelChoices;
import dev.parley.gemini.settings.LiveDefaults;
import dev.parley.gemini.settings.LiveOffer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
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
    private final LiveDefaults defaults;

    /** For CDI's client proxy, which has no use for the fields; public because RESTEasy looks for one before it asks CDI. */
    @SuppressWarnings("NullAway") // the proxy's own fields are never read
    public ModelsResource() {
        catalogue = null;
        defaults = null;
    }

    /** Tells what this catalogue knows and what the operator allows. */
    @Inject
    public ModelsResource(ModelCatalogue catalogue, LiveDefaults defaults) {
        this.catalogue = catalogue;
        this.defaults = defaults;
    }

    /** The choices, within two seconds. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> models() {
        return catalogue.current().thenApply(choices -> Response.ok(
                        toJson(choices, defaults.offer()).toString(), MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .build());
    }

    static JsonObject toJson(ModelChoices choices, LiveOffer offer) {
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
                .add("conversation", conversation(offer))
                .add("defaultLive", choices.defaultLive())
                .add("defaultBatch", choices.defaultBatch())
                .add("simulated", choices.simulated())
                .build();
    }

    private static JsonObjectBuilder conversation(LiveOffer offer) {
        return Json.createObjectBuilder()
                .add("voices", Json.createArrayBuilder(offer.voices()))
                .add("languages", Json.createArrayBuilder(offer.languages()))
                .add("systemInstruction", offer.systemInstructionAllowed())
                .add("search", offer.extras().search().name().toLowerCase(Locale.ROOT));
    }
}
