package dev.parley.tools.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.tools.Param;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.io.StringReader;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Java types to JSON schema and back, as a table: each method below is one row. */
class TypeReaderTest {
    /** Names that tools in these tests are written with; no method is ever called. */
    @SuppressWarnings({"unused", "UnusedVariable"})
    interface Methods {
        void text(String a);

        void flag(boolean a);

        void whole(int a);

        void big(long a);

        void number(double a);

        void money(BigDecimal a);

        void word(DayOfWeek a);

        void day(LocalDate a);

        void clock(LocalTime a);

        void moment(Instant a);

        void span(Duration a);

        void zone(ZoneId a);

        void id(UUID a);

        void raw(JsonObject a);

        void list(List<Integer> a);

        void set(Set<String> a);

        void map(Map<String, Boolean> a);

        void optional(Optional<String> a);

        void optionalInt(OptionalInt a);

        void nullable(@Nullable String a);

        void told(@Param("The town.") String a, @Param(value = "When.", name = "on") LocalDate day);

        void range(@Min(1) @Max(8) int a);

        void positive(@Positive @DecimalMax("99.5") double a);

        void size(@Size(min = 2, max = 5) String a);

        void blank(@NotBlank String a);

        void pattern(@Pattern(regexp = "[A-Z]{3}") String a);

        void email(@Email String a);

        void sizes(@NotEmpty @Size(max = 2) List<@Size(max = 3) String> a);

        void inside(Optional<@Min(5) Integer> a);

        void grouped(@Min(value = 5, groups = Methods.class) int a);

        void guest(Guest a);

        void twoRows(@Min(1) int a, Optional<Guest> b);

        void loop(Loop a);

        void array(String[] a);

        void object(Object a);

        void keys(Map<Integer, String> a);

        void rawList(@SuppressWarnings("rawtypes") List a);

        <T> void variable(T a);

        void nested(Wrong a);

        void senseless(@Size(max = 3) int a);

        void twice(@Param(name = "b") String a, String b);
    }

    record Guest(@NotBlank String name, @Param("In years.") Optional<@Min(0) Integer> age) {
        Guest {
            if (name.equals("nobody")) {
                throw new IllegalArgumentException("nobody is nobody");
            }
        }
    }

    record Loop(Optional<Loop> next) {}

    record Wrong(List<Object> things) {}

    private static Members read(String name) {
        Method method = Arrays.stream(Methods.class.getDeclaredMethods())
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .orElseThrow();
        return new TypeReader().parameters(List.of(method.getParameters()));
    }

    private static JsonObject json(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text.replace('\'', '"')))) {
            return reader.readObject();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            text     | {'type':'string'}
            flag     | {'type':'boolean'}
            whole    | {'type':'integer'}
            big      | {'type':'integer'}
            number   | {'type':'number'}
            money    | {'type':'number'}
            word     | {'type':'string','enum':['MONDAY','TUESDAY','WEDNESDAY','THURSDAY','FRIDAY','SATURDAY','SUNDAY']}
            day      | {'type':'string','format':'date','description':'A date such as 2026-11-22'}
            clock    | {'type':'string','format':'time','description':'A time of day such as 14:30'}
            moment   | {'type':'string','format':'date-time','description':'A moment such as 2026-11-22T14:30:00Z or 2026-11-22T14:30:00+01:00'}
            span     | {'type':'string','format':'duration','description':'A length of time such as PT1H30M'}
            zone     | {'type':'string','description':'A time zone such as Europe/Zurich or UTC'}
            id       | {'type':'string','format':'uuid','description':'A UUID'}
            raw      | {'type':'object'}
            list     | {'type':'array','items':{'type':'integer'}}
            set      | {'type':'array','items':{'type':'string'},'uniqueItems':true}
            map      | {'type':'object','additionalProperties':{'type':'boolean'}}
            range    | {'type':'integer','minimum':1,'maximum':8}
            positive | {'type':'number','exclusiveMinimum':0,'maximum':99.5}
            size     | {'type':'string','minLength':2,'maxLength':5}
            blank    | {'type':'string','minLength':1}
            pattern  | {'type':'string','pattern':'^(?:[A-Z]{3})$'}
            email    | {'type':'string','format':'email'}
            sizes    | {'type':'array','items':{'type':'string','maxLength':3},'minItems':1,'maxItems':2}
            grouped  | {'type':'integer'}
            guest    | {'type':'object','properties':{'name':{'type':'string','minLength':1},'age':{'type':'integer','minimum':0,'description':'In years.'}},'required':['name']}
            """)
    void a_required_value(String method, String schema) {
        JsonObject expected = Json.createObjectBuilder()
                .add("type", "object")
                .add("properties", Json.createObjectBuilder().add("a", json(schema)))
                .add("required", Json.createArrayBuilder().add("a"))
                .build();
        assertEquals(expected, read(method).schema());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            optional    | {'type':'string'}
            optionalInt | {'type':'integer'}
            nullable    | {'type':'string'}
            inside      | {'type':'integer','minimum':5}
            """)
    void a_value_that_may_be_absent(String method, String schema) {
        JsonObject expected = Json.createObjectBuilder()
                .add("type", "object")
                .add("properties", Json.createObjectBuilder().add("a", json(schema)))
                .build();
        assertEquals(expected, read(method).schema());
    }

    @Test
    void descriptions_and_names_come_from_param() {
        assertEquals(
                json(
                        "{'type':'object','properties':{'a':{'type':'string','description':'The town.'},'on':{'type':'string',"
                                + "'format':'date','description':'When. (A date such as 2026-11-22)'}},'required':['a','on']}"),
                read("told").schema());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            text   | 'x'                         | x
            flag   | true                        | true
            whole  | 3                           | 3
            whole  | 3.0                         | 3
            big    | 9000000000                  | 9000000000
            number | 2.5                         | 2.5
            money  | 12.50                       | 12.50
            word   | 'MONDAY'                    | MONDAY
            day    | '2026-11-22'                | 2026-11-22
            moment | '2026-11-22T14:30:00+01:00' | 2026-11-22T13:30:00Z
            span   | 'PT1H30M'                   | PT1H30M
            zone   | 'Europe/Zurich'             | Europe/Zurich
            list   | [1,2]                       | [1, 2]
            set    | ['a','b','a']               | [a, b]
            map    | {'x':true}                  | {x=true}
            optional | 'x'                       | Optional[x]
            optionalInt | 4                      | OptionalInt[4]
            guest  | {'name':'Anna','age':7}     | Guest[name=Anna, age=Optional[7]]
            guest  | {'name':'Anna'}             | Guest[name=Anna, age=Optional.empty]
            """)
    void fitting_values_are_read(String method, String value, String java) {
        assertEquals(java, String.valueOf(read(method).read(json("{'a':" + value + "}"), "")[0]));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            text     | {'a':3}                       | "a" must be a text.
            text     | {}                            | "a" is missing.
            text     | {'a':null}                    | "a" is missing.
            text     | {'a':'x','b':1}               | "b" is not known here; known are "a".
            flag     | {'a':'true'}                  | "a" must be true or false.
            whole    | {'a':'3'}                     | "a" must be a whole number that fits a Java int.
            whole    | {'a':3.5}                     | "a" must be a whole number that fits a Java int.
            whole    | {'a':3000000000}              | "a" must be a whole number that fits a Java int.
            money    | {'a':1e999999999}             | "a" must be a number.
            number   | {'a':1e399}                   | "a" must be a number.
            word     | {'a':'MOON'}                  | "a" must be one of MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY.
            day      | {'a':'tomorrow'}              | "a" must be a date such as 2026-11-22.
            zone     | {'a':'Moon/Crater'}           | "a" must be a time zone such as Europe/Zurich or UTC.
            list     | {'a':[1,'x']}                 | "a[1]" must be a whole number that fits a Java int.
            list     | {'a':1}                       | "a" must be a list.
            map      | {'a':{'x':1}}                 | "a.x" must be true or false.
            range    | {'a':0}                       | "a" must be 1 or more.
            range    | {'a':9}                       | "a" must be 8 or less.
            positive | {'a':0}                       | "a" must be more than 0.
            positive | {'a':99.6}                    | "a" must be 99.5 or less.
            size     | {'a':'x'}                     | "a" must have 2 to 5 characters.
            blank    | {'a':'  '}                    | "a" must not be blank.
            pattern  | {'a':'ABCD'}                  | "a" must match [A-Z]{3}.
            email    | {'a':'nobody'}                | "a" must be an e-mail address.
            sizes    | {'a':[]}                      | "a" must have at least 1 elements.
            sizes    | {'a':['abcd']}                | "a[0]" must have 0 to 3 characters.
            inside   | {'a':4}                       | "a" must be 5 or more.
            guest    | {'a':{'name':''}}             | "a.name" must not be blank.
            guest    | {'a':{'name':'x','age':-1}}   | "a.age" must be 0 or more.
            guest    | {'a':{'name':'nobody'}}       | "a" is not accepted: nobody is nobody.
            """)
    void others_are_refused_with_what_is_allowed(String method, String arguments, String message) {
        ArgumentException refused =
                assertThrows(ArgumentException.class, () -> read(method).read(json(arguments), ""));
        assertEquals(message, refused.getMessage());
    }

    @Test
    void what_is_absent_is_empty_or_null() {
        assertEquals(Optional.empty(), read("optional").read(json("{}"), "")[0]);
        assertNull(read("nullable").read(json("{'a':null}"), "")[0]);
        assertEquals(2, read("twoRows").read(json("{'a':1}"), "").length);
        assertEquals(
                7, read("grouped").read(json("{'a':4}"), "").length + 6, "a constraint of another group is not ours");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            loop      | "a.next" has the type dev.parley.tools.type.TypeReaderTest$Loop: a record cannot contain itself
            array     | "a" has the type java.lang.String[]: use a List
            object    | "a" has the type java.lang.Object: use a text
            keys      | "a" has the type java.util.Map<java.lang.Integer, java.lang.String>: a map has String keys
            rawList   | "a" has the type java.util.List: say of what, such as List<String>
            variable  | "a" has the type T: use a text
            nested    | "a.things" has the type java.lang.Object: use a text
            senseless | "a" has a size constraint, but no size
            twice     | Two values are called "b".
            """)
    void types_without_a_json_side_are_named(String method, String message) {
        UnsupportedTypeException unsupported = assertThrows(UnsupportedTypeException.class, () -> read(method));
        assertTrue(unsupported.getMessage().startsWith(message), unsupported.getMessage());
    }
}
