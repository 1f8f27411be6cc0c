package dev.parley.tools.type;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.function.Predicate;

/**
 * A type within bounds.
 *
 * @param type without them
 * @param keywords what they add to the schema
 * @param rules what is checked
 */
record ConstrainedType(ValueType type, JsonObject keywords, List<Rule> rules) implements ValueType {
    /**
     * One bound.
     *
     * @param holds whether a Java value keeps it
     * @param mustBe what one that does not is told
     */
    record Rule(Predicate<Object> holds, String mustBe) {}

    @Override
    public JsonObject schema() {
        return Json.createMergePatch(keywords).apply(type.schema()).asJsonObject();
    }

    @Override
    public Object read(JsonValue value, String where) {
        Object read = type.read(value, where);
        for (Rule rule : rules) {
            if (!rule.holds.test(read)) {
                throw ArgumentException.of(where, "must " + rule.mustBe);
            }
        }
        return read;
    }
}
