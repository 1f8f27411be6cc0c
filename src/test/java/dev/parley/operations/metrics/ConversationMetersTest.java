package dev.parley.operations.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.conversation.event.ConversationEvent;
import dev.parley.conversation.event.TokenUsage;
import dev.parley.shared.failure.FailureKind;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ConversationMetersTest {
    private static final Instant AT = Instant.parse("2026-11-22T12:00:00Z");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ConversationMeters meters = new ConversationMeters(registry);

    private static Optional<Duration> millis(long millis) {
        return Optional.of(Duration.ofMillis(millis));
    }

    private static ConversationEvent ended(FailureKind kind) {
        return new ConversationEvent.Ended(
                "c",
                AT,
                "gemini-3.8-live",
                "first",
                Optional.empty(),
                kind,
                "over",
                Duration.ofSeconds(20),
                Duration.ofMillis(1500),
                Duration.ofMillis(2500),
                Duration.ofMillis(100),
                Duration.ofMillis(2000),
                3,
                4,
                5,
                TokenUsage.NONE);
    }

    private MetricsPage page() {
        return MetricsPage.of(registry.scrape());
    }

    private double value(String sample) {
        return page().samples().getOrDefault(sample, Double.NaN);
    }

    private void started(String model) {
        meters.observe(new ConversationEvent.Started("c", AT, model, "first", Optional.empty()));
    }

    @Test
    void what_has_not_happened_yet_is_shown_as_zero() {
        assertEquals(0, value("parley_conversations_opened_total"));
        assertEquals(0, value("parley_conversations_ended_total{code=\"4502\",kind=\"UPSTREAM_REFUSED\"}"));
        assertEquals(0, value("parley_handover_pause_seconds_count{planned=\"false\"}"));
    }

    @Test
    void a_turn_lands_in_the_buckets_of_its_times() {
        started("gemini-3.8-live");
        meters.observe(new ConversationEvent.TurnTimed(
                "c", AT, 1, Optional.of(Duration.ofNanos(700_000)), millis(450), millis(520)));
        meters.observe(new ConversationEvent.TurnTimed("c", AT, 2, Optional.empty(), Optional.empty(), millis(2_000)));
        assertEquals(1, value("parley_turn_forwarded_seconds_bucket{le=\"0.001\"}"));
        assertEquals(0, value("parley_turn_first_audio_seconds_bucket{le=\"0.4\",model=\"gemini-3.8-live\"}"));
        assertEquals(1, value("parley_turn_first_audio_seconds_bucket{le=\"0.5\",model=\"gemini-3.8-live\"}"));
        assertEquals(2, value("parley_turn_first_sound_seconds_count{model=\"gemini-3.8-live\"}"));
        assertEquals(2.52, value("parley_turn_first_sound_seconds_sum{model=\"gemini-3.8-live\"}"), 1e-9);
    }

    @Test
    void tokens_are_told_apart_and_what_is_not_explained_is_counted_all_the_same() {
        started("gemini-3.8-live");
        meters.observe(new ConversationEvent.Spent(
                "c", AT, new TokenUsage(100, 20, 120, Map.of("AUDIO", 60L, "TEXT", 30L), Map.of("AUDIO", 20L))));
        String model = ",model=\"gemini-3.8-live\"}";
        assertEquals(60, value("parley_tokens_total{direction=\"prompt\",modality=\"audio\"" + model));
        assertEquals(30, value("parley_tokens_total{direction=\"prompt\",modality=\"text\"" + model));
        assertEquals(10, value("parley_tokens_total{direction=\"prompt\",modality=\"other\"" + model));
        assertEquals(20, value("parley_tokens_total{direction=\"response\",modality=\"audio\"" + model));
    }

    @Test
    void names_that_others_make_up_are_one_label() {
        for (int i = 0; i < 50; i++) {
            started("made-up-" + i);
            meters.observe(
                    new ConversationEvent.Spent("c", AT, new TokenUsage(1, 0, 1, Map.of("SMELL" + i, 1L), Map.of())));
        }
        assertEquals(50, value("parley_conversations_started_total{model=\"other\"}"));
        assertEquals(50, value("parley_tokens_total{direction=\"prompt\",modality=\"other\",model=\"other\"}"));
        assertFalse(registry.scrape().contains("made-up"));
        assertFalse(registry.scrape().contains("smell"));
    }

    @Test
    void an_end_adds_up_what_the_conversation_was() {
        meters.observe(ended(FailureKind.UNSUPPORTED_AUDIO));
        assertEquals(1, value("parley_conversations_ended_total{code=\"4415\",kind=\"UNSUPPORTED_AUDIO\"}"));
        assertEquals(1.5, value("parley_audio_seconds_total{direction=\"in\"}"));
        assertEquals(2.5, value("parley_audio_seconds_total{direction=\"out\"}"));
        assertEquals(2, value("parley_audio_seconds_total{direction=\"heard\"}"));
        assertEquals(0.1, value("parley_audio_seconds_total{direction=\"lost\"}"));
        assertEquals(3, value("parley_audio_decode_failures_total{what=\"packet\"}"));
        assertEquals(1, value("parley_audio_decode_failures_total{what=\"stream\"}"));
        assertEquals(4, value("parley_pictures_total{outcome=\"sent\"}"));
        assertEquals(5, value("parley_pictures_total{outcome=\"dropped\"}"));
        assertEquals(20, value("parley_conversation_duration_seconds_sum"));
    }

    @Test
    void a_hand_over_is_timed_by_whether_it_was_announced() {
        meters.observe(new ConversationEvent.HandedOver(
                "c", AT, true, Duration.ofMillis(250), Duration.ofMillis(80), Duration.ZERO));
        assertEquals(1, value("parley_handover_pause_seconds_count{planned=\"true\"}"));
        assertEquals(0.25, value("parley_handover_pause_seconds_sum{planned=\"true\"}"));
    }

    /** Those of the rooms need a running server: {@code InsightIT} compares the whole table. */
    @Test
    void what_conversations_add_up_is_in_the_table_word_for_word() throws IOException {
        started("gemini-3.8-live");
        meters.observe(new ConversationEvent.TurnTimed("c", AT, 1, millis(1), millis(1), millis(1)));
        meters.observe(new ConversationEvent.Spent("c", AT, new TokenUsage(1, 1, 2, Map.of(), Map.of())));
        meters.observe(ended(FailureKind.NORMAL));
        TreeSet<String> missing = new TreeSet<>(page().described());
        assertTrue(missing.size() > 10, missing::toString);
        missing.removeAll(MetricsPage.described(Files.readString(Path.of("docs/metrics.md"))));
        assertEquals(List.of(), List.copyOf(missing));
    }
}
