package dev.parley.tools.type;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * A value without parts.
 *
 * @param schema as it is told
 * @param mustBe what an unfit value is told to be
 * @param reader the Java value; an unchecked exception means that it does not fit
 */
record ScalarType(JsonObject schema, String mustBe, Function<JsonValue, Object> reader) implements ValueType {
    /** Digits of a number that are worth their arithmetic. */
    private static final int LONGEST_NUMBER = 60;

    private static final Map<Class<?>, ScalarType> TABLE = table();

    /** The type for a class that has one. */
    static Optional<ValueType> of(Class<?> type) {
        return type.isEnum() ? Optional.of(words(type)) : Optional.ofNullable(TABLE.get(type));
    }

    @Override
    public Object read(JsonValue value, String where) {
        try {
            return reader.apply(value);
        } catch (RuntimeException unfit) { // parsers of numbers and times have exceptions of their own
            throw ArgumentException.of(where, "must be " + mustBe);
        }
    }

    private static Map<Class<?>, ScalarType> table() {
        Map<Class<?>, ScalarType> table = new HashMap<>();
        table.put(String.class, new ScalarType(schema("string"), "a text", ScalarType::text));
        ScalarType flag = new ScalarType(schema("boolean"), "true or false", ScalarType::flag);
        table.put(boolean.class, flag);
        table.put(Boolean.class, flag);
        whole(table, byte.class, Byte.class, number -> number.byteValueExact());
        whole(table, short.class, Short.class, number -> number.shortValueExact());
        whole(table, int.class, Integer.class, number -> number.intValueExact());
        whole(table, long.class, Long.class, number -> number.longValueExact());
        table.put(BigInteger.class, number("integer", "a whole number", BigDecimal::toBigIntegerExact));
        table.put(BigDecimal.class, number("number", "a number", number -> number));
        table.put(double.class, number("number", "a number", ScalarType::finite));
        table.put(Double.class, number("number", "a number", ScalarType::finite));
        table.put(float.class, number("number", "a number", BigDecimal::floatValue));
        table.put(Float.class, number("number", "a number", BigDecimal::floatValue));
        table.put(UUID.class, formatted("uuid", "a UUID", UUID::fromString));
        table.put(URI.class, formatted("uri", "an address such as https://example.org/", URI::create));
        table.put(LocalDate.class, formatted("date", "a date such as 2026-11-22", LocalDate::parse));
        table.put(LocalTime.class, formatted("time", "a time of day such as 14:30", LocalTime::parse));
        table.put(
                LocalDateTime.class,
                told("a date and time without zone such as 2026-11-22T14:30", LocalDateTime::parse));
        String moment = "a moment such as 2026-11-22T14:30:00Z or 2026-11-22T14:30:00+01:00";
        table.put(Instant.class, formatted("date-time", moment, text -> OffsetDateTime.parse(text)
                .toInstant()));
        table.put(OffsetDateTime.class, formatted("date-time", moment, OffsetDateTime::parse));
        table.put(ZonedDateTime.class, formatted("date-time", moment, ZonedDateTime::parse));
        table.put(Duration.class, formatted("duration", "a length of time such as PT1H30M", Duration::parse));
        table.put(Period.class, formatted("duration", "days, months or years such as P2M or P10D", Period::parse));
        table.put(YearMonth.class, told("a month such as 2026-11", YearMonth::parse));
        table.put(ZoneId.class, told("a time zone such as Europe/Zurich or UTC", ZoneId::of));
        table.put(JsonObject.class, new ScalarType(schema("object"), "an object", JsonValue::asJsonObject));
        table.put(JsonValue.class, new ScalarType(JsonValue.EMPTY_JSON_OBJECT, "a value", value -> value));
        return table;
    }

    private static ScalarType words(Class<?> type) {
        Map<String, Object> constants = new HashMap<>();
        var names = Json.createArrayBuilder();
        StringBuilder allowed = new StringBuilder("one of");
        for (Object constant : type.getEnumConstants()) {
            String name = ((Enum<?>) constant).name();
            constants.put(name, constant);
            names.add(name);
            allowed.append(constants.size() == 1 ? " " : ", ").append(name);
        }
        JsonObject schema =
                Json.createObjectBuilder(schema("string")).add("enum", names).build();
        return new ScalarType(schema, allowed.toString(), value -> {
            Object constant = constants.get(text(value));
            if (constant == null) {
                throw new IllegalArgumentException("no constant of this name");
            }
            return constant;
        });
    }

    private static void whole(
            Map<Class<?>, ScalarType> table, Class<?> primitive, Class<?> boxed, Function<BigDecimal, Object> exact) {
        ScalarType type = number("integer", "a whole number that fits a Java " + primitive, exact);
        table.put(primitive, type);
        table.put(boxed, type);
    }

    private static ScalarType number(String type, String mustBe, Function<BigDecimal, Object> exact) {
        return new ScalarType(schema(type), mustBe, value -> {
            String digits = ((JsonNumber) value).toString();
            if (digits.length() > LONGEST_NUMBER) {
                throw new NumberFormatException("too long");
            }
            return exact.apply(bounded(new BigDecimal(digits)));
        });
    }

    /** {@code 1e999999999} is short to write and long to compute with. */
    private static BigDecimal bounded(BigDecimal number) {
        if (Math.abs((long) number.precision() - number.scale()) > 400 || Math.abs(number.scale()) > 400) {
            throw new NumberFormatException("too far from zero, or too near");
        }
        return number;
    }

    private static Object finite(BigDecimal number) {
        double value = number.doubleValue();
        if (Double.isInfinite(value)) {
            throw new NumberFormatException("too far from zero");
        }
        return value;
    }

    private static ScalarType formatted(String format, String mustBe, Function<String, Object> parser) {
        JsonObject schema = Json.createObjectBuilder(schema("string"))
                .add("format", format)
                .add("description", capital(mustBe))
                .build();
        return new ScalarType(schema, mustBe, value -> parser.apply(text(value)));
    }

    private static ScalarType told(String mustBe, Function<String, Object> parser) {
        JsonObject schema = Json.createObjectBuilder(schema("string"))
                .add("description", capital(mustBe))
                .build();
        return new ScalarType(schema, mustBe, value -> parser.apply(text(value)));
    }

    private static String capital(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private static JsonObject schema(String type) {
        return Json.createObjectBuilder().add("type", type).build();
    }

    private static String text(JsonValue value) {
        return ((JsonString) value).getString();
    }

    private static Object flag(JsonValue value) {
        if (value == JsonValue.TRUE || value == JsonValue.FALSE) {
            return value == JsonValue.TRUE;
        }
        throw new ClassCastException("no boolean");
    }
}
