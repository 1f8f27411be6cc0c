package dev.parley.simulator;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.shared.settings.SettingException;
import dev.parley.shared.settings.SettingsReader;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SimulatorSettingsTest {
    @Test
    void the_simulator_is_served_exactly_while_there_is_no_access_to_gemini() {
        assertTrue(read(Map.of()).enabled());
        assertTrue(read(Map.of("GEMINI_API_KEY", " ")).enabled(), "a blank key is none");
        for (String access : new String[] {
            "GEMINI_API_KEY", "parley.gemini.key", "parley.gemini.keys", "parley.gemini.vertex.project"
        }) {
            assertEquals(false, read(Map.of(access, "x")).enabled(), access);
        }
    }

    @Test
    void test_installations_can_have_it_anyway_and_others_never() {
        assertTrue(read(Map.of("GEMINI_API_KEY", "k", "parley.simulator.enabled", "always"))
                .enabled());
        assertEquals(
                false,
                read(Map.of("GEMINI_API_KEY", "k", "parley.simulator.enabled", "never"))
                        .enabled());
    }

    @Test
    void without_a_key_somebody_must_answer() {
        SettingException failure =
                assertThrows(SettingException.class, () -> read(Map.of("parley.simulator.enabled", "never")));
        String words = String.valueOf(failure.getMessage());
        assertTrue(words.contains("parley.simulator.enabled"), words);
        assertTrue(words.contains("set GEMINI_API_KEY or leave the simulator on auto"), words);
    }

    @Test
    void where_the_simulator_is_dialled_can_be_told() {
        assertEquals(Optional.empty(), read(Map.of()).address());
        assertEquals(
                Optional.of(URI.create("http://127.0.0.1:8080/parley")),
                read(Map.of("parley.simulator.address", "http://127.0.0.1:8080/parley"))
                        .address());
        for (String nonsense : new String[] {
            "127.0.0.1:8080", "/parley", "ws://127.0.0.1", "http://", "http://a:b@c", "http://a/?b", "http://a/#b"
        }) {
            SettingException failure = assertThrows(
                    SettingException.class, () -> read(Map.of("parley.simulator.address", nonsense)), nonsense);
            assertTrue(String.valueOf(failure.getMessage()).contains("parley.simulator.address"), failure.toString());
        }
    }

    @Test
    void what_the_container_s_proxy_stands_on_needs_no_setting() {
        assertDoesNotThrow(() -> new Simulator() {});
    }

    @Test
    void nonsense_is_refused_with_its_name() {
        SettingException failure =
                assertThrows(SettingException.class, () -> read(Map.of("parley.simulator.enabled", "perhaps")));
        assertTrue(failure.toString().contains("parley.simulator.enabled"), failure.toString());
        assertThrows(SettingException.class, () -> read(Map.of("parley.simulator.max-sessions", "0")));
        assertThrows(SettingException.class, () -> read(Map.of("parley.simulator.connection-time", "soon")));
    }

    @Test
    void the_connection_time_can_be_shortened() {
        assertEquals(
                Duration.ofSeconds(20),
                read(Map.of("parley.simulator.connection-time", "20s"))
                        .sessions()
                        .connectionTime());
    }

    private static SimulatorSettings read(Map<String, String> values) {
        return SimulatorSettings.read(new SettingsReader(name -> Optional.ofNullable(values.get(name))));
    }
}
