package dev.parley.gemini.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.gemini.access.UpstreamAccess;
import dev.parley.gemini.rest.http.RestTransport;
import dev.parley.gemini.settings.ApiKeys;
import dev.parley.gemini.settings.LiveAddress;
import dev.parley.shared.failure.ParleyException;
import dev.parley.shared.settings.SettingException;
import dev.parley.shared.settings.SettingsReader;
import dev.parley.testkit.ManualExecutor;
import dev.parley.testkit.ManualTime;
import dev.parley.testkit.RealThreads;
import dev.parley.testkit.ScriptedGoogle;
import dev.parley.testkit.ScriptedRestServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ModelCatalogueTest {
    private final ScriptedRestServer google = ScriptedRestServer.start().script(new ScriptedGoogle());
    private final RealThreads threads = new RealThreads();
    private final ManualTime time = new ManualTime();
    private final ManualExecutor asking = new ManualExecutor();

    @AfterEach
    void close() {
        google.close();
        threads.close();
    }

    private ModelCatalogue catalogue(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("parley.gemini.key", "AIzaCatalogueTestKey");
        all.put("parley.gemini.endpoint", google.address().toString());
        SettingsReader reader = new SettingsReader(name -> Optional.ofNullable(all.get(name)));
        ApiKeys keys = new ApiKeys(reader);
        LiveAddress address = new LiveAddress(reader, keys);
        RestTransport transport = new RestTransport(
                reader,
                address,
                new UpstreamAccess(reader, threads.executor(), time, time),
                threads.factory(),
                time,
                time);
        return new ModelCatalogue(reader, transport, address, keys, asking, time, time);
    }

    private ModelChoices ask(ModelCatalogue catalogue) {
        CompletableFuture<ModelChoices> answer = catalogue.current().toCompletableFuture();
        asking.runAll();
        return answer.join();
    }

    private static List<String> names(ModelChoices choices) {
        return choices.batch().stream().map(BatchModel::name).toList();
    }

    @Test
    void what_google_does_not_serve_is_left_out_and_its_titles_are_taken() {
        ModelChoices choices = ask(catalogue(Map.of()));
        assertEquals(List.of("gemini-3.8-flash", "gemini-3.5-transcribe"), names(choices));
        assertEquals("Flash of today", choices.batch().get(0).title());
        assertEquals("Gemini 3.5 Transcribe", choices.batch().get(1).title());
        assertTrue(choices.batch().get(1).transcribes());
        assertEquals(
                List.of("gemini-3.8-live"),
                choices.live().stream().map(ModelChoices.LiveModel::name).toList());
    }

    @Test
    void google_is_asked_again_after_ten_minutes_and_not_before() {
        ModelCatalogue catalogue = catalogue(Map.of());
        ask(catalogue);
        time.advance(Duration.ofMinutes(10).minusSeconds(1));
        ask(catalogue);
        assertEquals(1, google.requests().size());
        time.advance(Duration.ofSeconds(1));
        ask(catalogue);
        assertEquals(2, google.requests().size());
    }

    @Test
    void while_google_fails_the_offer_holds_and_it_is_asked_again_after_a_minute() {
        google.script(answer -> answer.json(500, "{}"));
        ModelCatalogue catalogue = catalogue(Map.of());
        assertEquals(4, ask(catalogue).batch().size());
        ask(catalogue);
        assertEquals(1, google.requests().size());
        google.script(new ScriptedGoogle());
        time.advance(Duration.ofMinutes(1));
        assertEquals(2, ask(catalogue).batch().size());
        google.script(answer -> answer.json(200, "no json"));
        time.advance(Duration.ofMinutes(10));
        assertEquals(2, ask(catalogue).batch().size(), "what was known last holds");
    }

    @Test
    void nobody_waits_longer_than_two_seconds_and_google_is_asked_once_for_all() {
        ModelCatalogue catalogue = catalogue(Map.of());
        CompletableFuture<ModelChoices> first = catalogue.current().toCompletableFuture();
        CompletableFuture<ModelChoices> second = catalogue.current().toCompletableFuture();
        assertFalse(first.isDone());
        asking.runAll();
        assertTrue(first.isDone() && second.isDone());
        assertEquals(1, google.requests().size());
    }

    @Test
    void patience_ends_before_google_answers() {
        List<Runnable> held = new java.util.ArrayList<>();
        Map<String, String> settings = Map.of("parley.gemini.key", "AIzaCatalogueTestKey");
        SettingsReader reader = new SettingsReader(name -> Optional.ofNullable(settings.get(name)));
        ApiKeys keys = new ApiKeys(reader);
        LiveAddress address = new LiveAddress(reader, keys);
        RestTransport transport = new RestTransport(
                reader,
                address,
                new UpstreamAccess(reader, threads.executor(), time, time),
                threads.factory(),
                time,
                time);
        ModelCatalogue catalogue = new ModelCatalogue(reader, transport, address, keys, held::add, time, time);
        CompletableFuture<ModelChoices> answer = catalogue.current().toCompletableFuture();
        time.advance(Duration.ofSeconds(2));
        held.get(1).run(); // the first is the question to Google, which hangs
        assertEquals(4, answer.join().batch().size());
    }

    @Test
    void the_operator_narrows_the_choice_and_an_unknown_model_is_told_the_choices() {
        ModelChoices choices = ask(catalogue(Map.of(
                "parley.gemini.batch-model",
                "gemini-3.5-transcribe",
                "parley.gemini.batch-models",
                "gemini-3.5-transcribe")));
        assertEquals(List.of("gemini-3.5-transcribe"), names(choices));
        assertEquals(
                "gemini-3.5-transcribe", choices.forRecording(Optional.of(" ")).name());
        assertEquals(
                "gemini-3.5-transcribe",
                choices.forRecording(Optional.of("models/Gemini-3.5-Transcribe"))
                        .name());
        ParleyException refused =
                assertThrows(ParleyException.class, () -> choices.forRecording(Optional.of("gemini-3.8-flash")));
        assertTrue(refused.getMessage().endsWith("must be one of gemini-3.5-transcribe"), refused.getMessage());
    }

    @Test
    void a_model_that_cannot_be_stops_deployment() {
        assertThrows(SettingException.class, () -> catalogue(Map.of("parley.gemini.batch-model", "a b")));
    }
}
