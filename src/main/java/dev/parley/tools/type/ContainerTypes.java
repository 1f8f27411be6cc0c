package dev.parley.tools.type;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Types of many values of one type. What Java gets cannot be changed. */
final class ContainerTypes {
    private ContainerTypes() {}

    /**
     * Values in an order; as a set without repetition, when {@code unique}.
     *
     * @param items the type of each
     */
    record ListOf(ValueType items, boolean unique) implements ValueType {
        @Override
        public JsonObject schema() {
            var schema = Json.createObjectBuilder().add("type", "array").add("items", items.schema());
            if (unique) {
                schema.add("uniqueItems", true);
            }
            return schema.build();
        }

        @Override
        public Object read(JsonValue value, String where) {
            if (!(value instanceof JsonArray array)) {
                throw ArgumentException.of(where, "must be a list");
            }
            List<Object> values = new ArrayList<>(array.size());
            for (int i = 0; i < array.size(); i++) {
                values.add(items.read(array.get(i), where + "[" + i + "]"));
            }
            return unique
                    ? Collections.unmodifiableSet(new LinkedHashSet<>(values))
                    : Collections.unmodifiableList(values);
        }
    }

    /**
     * Values under texts.
     *
     * @param values the type of each
     */
    record MapOf(ValueType values) implements ValueType {
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
}
