package dev.parley.tools.type;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The named values of a JSON object, in their order: a method's parameters or a record's components. */
public final class Members {
    private final List<Member> members;

    /**
     * One of them.
     *
     * @param name in JSON
     * @param absent what Java gets when it is not there
     */
    record Member(
            String name,
            ValueType type,
            boolean required,
            @Nullable Object absent) {}

    Members(List<Member> members) {
        this.members = List.copyOf(members);
    }

    /** JSON Schema of the object. */
    public JsonObject schema() {
        JsonObjectBuilder properties = Json.createObjectBuilder();
        var required = Json.createArrayBuilder();
        for (Member member : members) {
            properties.add(member.name, member.type.schema());
            if (member.required) {
                required.add(member.name);
            }
        }
        JsonObjectBuilder schema =
                Json.createObjectBuilder().add("type", "object").add("properties", properties);
        if (members.stream().anyMatch(Member::required)) {
            schema.add("required", required);
        }
        return schema.build();
    }

    /**
     * The values in order, null where Java wants nothing for an absent one.
     *
     * @param where names the object in messages; empty: the arguments themselves
     * @throws ArgumentException when one does not fit, is missing, or is not known
     */
    public @Nullable Object[] read(JsonObject object, String where) {
        for (String given : object.keySet()) {
            if (members.stream().noneMatch(member -> member.name.equals(given))) {
                throw ArgumentException.of(path(where, given), "is not known here; known are " + names());
            }
        }
        @Nullable Object[] values = new @Nullable Object[members.size()];
        for (int i = 0; i < values.length; i++) {
            Member member = members.get(i);
            JsonValue value = object.get(member.name);
            String named = path(where, member.name);
            if (value != null && value != JsonValue.NULL) {
                values[i] = member.type.read(value, named);
            } else if (member.required) {
                throw ArgumentException.of(named, "is missing");
            } else {
                values[i] = member.absent;
            }
        }
        return values;
    }

    private String names() {
        return members.isEmpty()
                ? "none"
                : members.stream().map(Member::name).collect(Collectors.joining("\", \"", "\"", "\""));
    }

    private static String path(String where, String name) {
        return where.isEmpty() ? name : where + "." + name;
    }
}
