package dev.parley.gemini.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.gemini.access.UpstreamAccess;
import dev.parley.gemini.failure.CloseFailures;
import dev.parley.gemini.live.LiveChoice;
import dev.parley.gemini.live.LiveConnection;
import dev.parley.gemini.live.LiveEvent;
import dev.parley.gemini.live.LiveListener;
import dev.parley.gemini.live.LiveRequest;
import dev.parley.gemini.live.UpstreamCounters;
import dev.parley.gemini.models.ModelProbe;
import dev.parley.gemini.rest.http.RestTransport;
import dev.parley.gemini.settings.ApiKeys;
import dev.parley.gemini.settings.LiveAddress;
import dev.parley.gemini.settings.LiveDefaults;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.figures.FigureBoard;
import dev.parley.shared.settings.SettingsReader;
import dev.parley.testkit.ManualExecutor;
import dev.parley.testkit.ManualTime;
import dev.parley.testkit.RealThreads;
import dev.parley.testkit.ScriptedGoogle;
import dev.parley.testkit.ScriptedRestServer;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyProbeTest {
    private static final String FIRST = "AIzaKeyProbeTest-first";
    private static final String SECOND = "AIzaKeyProbeTest-second";

    /** Keys that Google takes. */
    private volatile List<String> good = List.of(FIRST, SECOND);

    private volatile int otherStatus;

    private final ScriptedRestServer google = ScriptedRestServer.start().script(answer -> {
        String key = answer.request().header("x-goog-api-key");
        if (otherStatus > 0) {
            answer.json(otherStatus, ScriptedGoogle.error(otherStatus, "UNAVAILABLE", "Not now.", "[]"));
        } else if (good.contains(key)) {
            answer.json(200, ScriptedGoogle.MODELS);
        } else {
            answer.json(
                    400,
                    ScriptedGoogle.error(
                            400,
                            "INVALID_ARGUMENT",
                            "API key not valid. Please pass a valid API key.",
                            "[{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\",\"reason\":\"API_KEY_INVALID\"}]"));
        }
    });
    private final RealThreads threads = new RealThreads();
    private final ManualTime time = new ManualTime();
    private final ManualExecutor asking = new ManualExecutor();
    private final SettingsReader reader = reader(Map.of("parley.gemini.keys", "one=" + FIRST + ",two=" + SECOND));
    private final ApiKeys keys = new ApiKeys(reader);
    private final KeyHealth health = new KeyHealth(keys, time);
    private final KeyProbe probe = new KeyProbe(check(reader, keys), keys, health, asking, time);

    private ModelProbe check(SettingsReader settings, ApiKeys known) {
        return new ModelProbe(
                settings,
                new RestTransport(
                        settings,
                        new LiveAddress(settings, known),
                        new UpstreamAccess(settings, threads.executor(), time, threads),
                        threads.factory(),
                        time,
                        threads));
    }

    private SettingsReader reader(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("parley.gemini.endpoint", google.address().toString());
        return new SettingsReader(name -> Optional.ofNullable(all.get(name)));
    }

    @AfterEach
    void close() {
        probe.stop();
        assertEquals(0, time.pending());
        google.close();
        threads.close();
    }

    private int askedWithin(Duration duration) {
        int before = google.requests().size();
        time.advance(duration);
        asking.runAll();
        return google.requests().size() - before;
    }

    @Test
    void good_keys_are_asked_about_every_five_minutes_with_a_question_that_costs_nothing() {
        probe.start(this);
        assertEquals(Optional.empty(), health.of("one"));
        assertEquals(2, askedWithin(KeyProbe.FIRST));
        assertTrue(health.of("one").orElseThrow().accepted());
        assertEquals("/v1beta/models?pageSize=1", google.requests().get(0).target());
        assertEquals(0, askedWithin(KeyProbe.SETTLED.minusSeconds(1)));
        assertEquals(2, askedWithin(Duration.ofSeconds(1)));
        assertEquals(Optional.empty(), health.whyNotReady());
    }

    @Test
    void one_refused_key_is_known_and_the_node_is_ready_as_long_as_another_is_good() {
        good = List.of(SECOND);
        probe.start(this);
        askedWithin(KeyProbe.FIRST);
        KeyHealth.Verdict verdict = health.of("one").orElseThrow();
        assertFalse(verdict.accepted());
        assertTrue(verdict.words().contains("\"one\""), verdict.words());
        assertFalse(verdict.words().contains(FIRST));
        assertEquals(Optional.empty(), health.whyNotReady());

        good = List.of();
        assertEquals(2, askedWithin(KeyProbe.SHORTEST_PAUSE));
        assertTrue(health.whyNotReady().orElseThrow().contains("did not accept the key"));
        good = List.of(FIRST);
        askedWithin(KeyProbe.SHORTEST_PAUSE.multipliedBy(2));
        assertEquals(Optional.empty(), health.whyNotReady());
    }

    @Test
    void failures_are_followed_by_longer_and_longer_pauses_and_never_by_more_than_one_question_a_minute() {
        otherStatus = 503;
        probe.start(this);
        assertEquals(2, askedWithin(KeyProbe.FIRST));
        for (int minutes = 1; minutes <= 16; minutes *= 2) {
            assertEquals(0, askedWithin(Duration.ofMinutes(minutes).minusSeconds(1)), minutes + " min");
            assertEquals(2, askedWithin(Duration.ofSeconds(1)), minutes + " min");
        }
        assertEquals(2, askedWithin(KeyProbe.LONGEST_PAUSE));
        assertEquals(Optional.empty(), health.of("one"), "an upstream out of reach says nothing about keys");
    }

    @Test
    void connections_tell_about_their_key_and_their_end() {
        List<LiveListener> listeners = new ArrayList<>();
        UpstreamCounters counters = new UpstreamCounters();
        WatchedUpstream upstream = new WatchedUpstream(
                (request, hearer) -> {
                    listeners.add(hearer);
                    return (LiveConnection) Proxy.newProxyInstance(
                            getClass().getClassLoader(), new Class<?>[] {LiveConnection.class}, (p, m, a) -> null);
                },
                health,
                counters);
        LiveRequest request = new LiveDefaults(reader).resolve(keys.keys().get(0), LiveChoice.DEFAULTS);
        List<LiveEvent> heard = new ArrayList<>();
        upstream.connect(request, heard::add);
        LiveListener listener = listeners.get(0);
        listener.heard(new LiveEvent.Ready());
        assertTrue(health.of("one").orElseThrow().accepted());
        LiveEvent refusal =
                CloseFailures.of(1008, "API key not valid. Please pass a valid API key.", request, "v1beta");
        listener.heard(refusal);
        assertFalse(health.of("one").orElseThrow().accepted());
        LiveEvent quota = new LiveEvent.Closed(FailureKind.NO_CAPACITY, "The quota is used up.", 1011, "");
        listener.heard(quota);
        assertEquals(3, heard.size());
        Map<String, Double> closes = new HashMap<>();
        counters.closes().show(new FigureBoard() {
            @Override
            public void total(String name, String unit, String help, Map<String, String> labels, DoubleSupplier total) {
                closes.put(labels.get("code"), total.getAsDouble());
            }

            @Override
            public void level(String name, String unit, String help, Map<String, String> labels, DoubleSupplier now) {
                throw new AssertionError(name);
            }
        });
        assertEquals(1, closes.getOrDefault("1008", 0.0));
        assertEquals(1, closes.getOrDefault("1011", 0.0));
    }

    @Test
    void without_keys_nothing_is_asked() {
        SettingsReader none = reader(Map.of());
        KeyProbe silent = new KeyProbe(check(none, new ApiKeys(none)), new ApiKeys(none), health, asking, time);
        silent.start(this);
        assertEquals(0, time.pending());
    }
}
