package dev.parley.tools.type;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Values of one type under texts.
 *
 * @param values the type of each
 */
record MapType(ValueType values) implements ValueType {
    @Override
    public JsonObject schema() {
        return Json.createObjectBuilder()
                .add("type", "object")
                .add("additionalProperties", values.schema())
                .build();
    }

    @Override
    public Object read(JsonValue value, String where) {
        if (!(value instanceof JsonObject object)) {
            throw ArgumentException.of(where, "must be an object");
        }
        Map<String, Object> map = new LinkedHashMap<>();
        object.forEach((key, each) -> map.put(key, values.read(each, where + "." + key)));
        return Collections.unmodifiableMap(map);
    }
}
