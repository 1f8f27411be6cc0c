package dev.parley.simulator.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.simulator.fault.GoogleError;
import dev.parley.simulator.generation.Framing;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    @Test
    void the_list_tells_what_live_clients_look_for() {
        JsonObject all = Catalogue.list("v1beta", null);
        JsonObject first = all.getJsonArray("models").getJsonObject(0);
        assertEquals("models/gemini-3.8-live", first.getString("name"));
        assertEquals("bidiGenerateContent", method(first));
        assertTrue(Catalogue.list("v1", null).getJsonArray("models").size()
                < all.getJsonArray("models").size());
    }

    @Test
    void the_list_tells_what_batch_clients_look_for() {
        List<String> batch = Catalogue.list("v1", null).getJsonArray("models").getValuesAs(JsonObject.class).stream()
                .filter(model -> method(model).equals("generateContent"))
                .map(model -> model.getString("name"))
                .toList();
        assertEquals(
                List.of(
                        "models/gemini-3.8-flash",
                        "models/gemini-3.5-flash-lite",
                        "models/gemini-3.6-flash",
                        "models/gemini-3.5-transcribe"),
                batch);
    }

    @Test
    void the_list_comes_in_pages_of_the_size_that_is_asked_for() {
        List<String> names = new ArrayList<>();
        String query = "pageSize=3&queryBase=true";
        for (int page = 1; page <= 2; page++) {
            JsonObject list = Catalogue.list("v1", query);
            assertEquals(3, list.getJsonArray("models").size());
            list.getJsonArray("models")
                    .getValuesAs(JsonObject.class)
                    .forEach(model -> names.add(model.getString("name")));
            query = "pageSize=3&pageToken=" + list.getString("nextPageToken");
        }
        JsonObject last = Catalogue.list("v1", query);
        assertFalse(last.containsKey("nextPageToken"), last::toString);
        assertFalse(names.contains(last.getJsonArray("models").getJsonObject(0).getString("name")));
        assertEquals(JsonObject.EMPTY_JSON_OBJECT, Catalogue.list("v1", "pageToken=900"));
        assertEquals(
                400,
                assertThrows(GoogleError.class, () -> Catalogue.list("v1", "pageSize=x"))
                        .code());
    }

    @Test
    void one_model_can_be_asked_for() {
        JsonObject live = Catalogue.one("gemini-3.8-live", "v1beta");
        assertEquals("models/gemini-3.8-live", live.getString("name"));
        JsonObject batch = Catalogue.one("gemini-3.8-flash", "v1alpha");
        assertEquals("models/gemini-3.8-flash", batch.getString("name"));
        GoogleError missing = assertThrows(GoogleError.class, () -> Catalogue.one("gemini-2.0-flash-exp", "v1"));
        assertEquals(404, missing.code());
        assertEquals("NOT_FOUND", missing.status());
    }

    @Test
    void the_path_and_alt_tell_the_framing() {
        assertEquals(Framing.WHOLE, ModelsServlet.framing("/m:generateContent", "alt=sse"));
        assertEquals(Framing.LIST, ModelsServlet.framing("/m:streamGenerateContent", null));
        assertEquals(Framing.LIST, ModelsServlet.framing("/m:streamGenerateContent", "alt=json&key=k"));
        assertEquals(Framing.EVENTS, ModelsServlet.framing("/m:streamGenerateContent", "key=k&alt=sse"));
        assertEquals("v1", Exchange.version("/v1/models"));
        assertEquals("v1alpha", Exchange.version("/upload/v1alpha/files"));
    }

    private static String method(JsonObject model) {
        return model.getJsonArray("supportedGenerationMethods").getString(0);
    }
}
