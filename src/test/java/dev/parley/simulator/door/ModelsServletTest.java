package dev.parley.simulator.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.shared.settings.Secret;
import dev.parley.simulator.door.ModelsServlet.Answer;
import jakarta.json.JsonObject;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModelsServletTest {
    private static final Optional<Secret> KEY = Optional.of(new Secret("any"));

    @Test
    void the_list_tells_what_live_clients_look_for() {
        Answer answer = ModelsServlet.answer("/v1beta/models", null, KEY);
        assertEquals(200, answer.status());
        JsonObject first = answer.body().getJsonArray("models").getJsonObject(0);
        assertEquals("models/gemini-3.8-live", first.getString("name"));
        assertEquals(
                "bidiGenerateContent",
                first.getJsonArray("supportedGenerationMethods").getString(0));
        assertTrue(ModelsServlet.answer("/v1/models", "/", KEY)
                        .body()
                        .getJsonArray("models")
                        .size()
                < answer.body().getJsonArray("models").size());
    }

    @Test
    void one_model_can_be_asked_for() {
        Answer found = ModelsServlet.answer("/v1beta/models", "/gemini-3.8-live", KEY);
        assertEquals("models/gemini-3.8-live", found.body().getString("name"));
        Answer missing = ModelsServlet.answer("/v1/models", "/gemini-2.0-flash-exp", KEY);
        assertEquals(404, missing.status());
        assertEquals("NOT_FOUND", missing.body().getJsonObject("error").getString("status"));
    }

    @Test
    void keys_are_checked_as_google_checks_them() {
        assertEquals(
                403, ModelsServlet.answer("/v1/models", null, Optional.empty()).status());
        assertEquals(
                400,
                ModelsServlet.answer("/v1/models", null, Optional.of(new Secret("invalid")))
                        .status());
    }
}
