package dev.parley.shared.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.io.Serializable;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretTest {
    private static final Secret SECRET = new Secret("AIza-very-secret");

    @Test
    void it_cannot_be_printed_by_accident() {
        assertFalse(String.valueOf(SECRET).contains("AIza"));
        assertFalse(new ApiKey("team", SECRET).toString().contains("AIza"));
        assertFalse(String.format("%s", Map.of("key", SECRET)).contains("AIza"));
    }

    @Test
    void it_cannot_be_written_to_json_or_serialised_by_accident() throws Exception {
        Jsonb jsonb = JsonbBuilder.create();
        assertEquals("{\"name\":\"team\",\"secret\":{}}", jsonb.toJson(new ApiKey("team", SECRET)));
        jsonb.close();
        assertFalse(Serializable.class.isAssignableFrom(Secret.class));
    }

    @Test
    void equal_texts_are_equal_secrets() {
        assertEquals(SECRET, new Secret("AIza-very-secret"));
        assertEquals(SECRET.hashCode(), new Secret("AIza-very-secret").hashCode());
        assertNotEquals(SECRET, new Secret("AIza-very-secreT"));
        assertNotEquals(SECRET, new Secret("AIza"));
    }

    @Test
    void blank_is_refused_because_it_is_always_a_mistake() {
        assertThrows(IllegalArgumentException.class, () -> new Secret(" \n"));
    }
}
