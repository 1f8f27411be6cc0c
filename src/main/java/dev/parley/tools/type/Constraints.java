package dev.parley.tools.type;

import dev.parley.tools.type.ConstrainedType.Rule;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Negative;
import jakarta.validation.constraints.NegativeOrZero;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import jakarta.validation.groups.Default;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;

/**
 * The constraints of Jakarta Validation that JSON Schema can say, of the default group. All others are left to the
 * container, which checks them when it calls the method (Jakarta Validation 3.0 §10.1.2).
 */
final class Constraints {
    private final List<AnnotatedElement> declarations;
    private final ValueType type;
    private final JsonObjectBuilder keywords = Json.createObjectBuilder();
    private final List<Rule> rules = new ArrayList<>();

    private Constraints(ValueType type, List<AnnotatedElement> declarations) {
        this.type = type;
        this.declarations = declarations;
    }

    /**
     * The type within the bounds that are declared for it.
     *
     * @param declarations where constraints may stand: the parameter or component, and its type
     * @throws UnsupportedTypeException when one of them makes no sense for the type
     */
    static ValueType apply(ValueType type, List<AnnotatedElement> declarations) {
        Constraints found = new Constraints(type, declarations);
        found.sizes();
        found.numbers();
        found.texts();
        JsonObject keywords = found.keywords.build();
        return found.rules.isEmpty() ? type : new ConstrainedType(type, keywords, found.rules);
    }

    private void sizes() {
        each(NotEmpty.class, NotEmpty::groups, found -> size(1, Integer.MAX_VALUE));
        each(Size.class, Size::groups, found -> size(found.min(), found.max()));
    }

    private void size(int least, int most) {
        String schemaType = type.schema().getString("type", "");
        String unit =
                switch (schemaType) {
                    case "string" -> "Length";
                    case "array" -> "Items";
                    case "object" -> "Properties";
                    default -> throw new UnsupportedTypeException("has a size constraint, but no size");
                };
        if (least > 0) {
            keywords.add("min" + unit, least);
        }
        if (most < Integer.MAX_VALUE) {
            keywords.add("max" + unit, most);
        }
        String what = schemaType.equals("string") ? "characters" : "elements";
        rule(
                value -> size(value) >= least && size(value) <= most,
                "have " + (most < Integer.MAX_VALUE ? least + " to " + most : "at least " + least) + " " + what);
    }

    private static int size(Object value) {
        if (value instanceof Collection<?> collection) {
            return collection.size();
        }
        return value instanceof Map<?, ?> map ? map.size() : value.toString().length();
    }

    private void numbers() {
        each(Min.class, Min::groups, found -> least(BigDecimal.valueOf(found.value()), true));
        each(Max.class, Max::groups, found -> most(BigDecimal.valueOf(found.value()), true));
        each(DecimalMin.class, DecimalMin::groups, found -> least(new BigDecimal(found.value()), found.inclusive()));
        each(DecimalMax.class, DecimalMax::groups, found -> most(new BigDecimal(found.value()), found.inclusive()));
        each(Positive.class, Positive::groups, found -> least(BigDecimal.ZERO, false));
        each(PositiveOrZero.class, PositiveOrZero::groups, found -> least(BigDecimal.ZERO, true));
        each(Negative.class, Negative::groups, found -> most(BigDecimal.ZERO, false));
        each(NegativeOrZero.class, NegativeOrZero::groups, found -> most(BigDecimal.ZERO, true));
    }

    private void least(BigDecimal bound, boolean inclusive) {
        number(inclusive ? "minimum" : "exclusiveMinimum", bound);
        rule(
                value -> decimal(value).compareTo(bound) >= (inclusive ? 0 : 1),
                "be " + (inclusive ? bound + " or more" : "more than " + bound));
    }

    private void most(BigDecimal bound, boolean inclusive) {
        number(inclusive ? "maximum" : "exclusiveMaximum", bound);
        rule(
                value -> decimal(value).compareTo(bound) <= (inclusive ? 0 : -1),
                "be " + (inclusive ? bound + " or less" : "less than " + bound));
    }

    private void number(String keyword, BigDecimal bound) {
        String schemaType = type.schema().getString("type", "");
        if (!schemaType.equals("integer") && !schemaType.equals("number")) {
            throw new UnsupportedTypeException("has a constraint for numbers, but is none");
        }
        keywords.add(keyword, bound);
    }

    private static BigDecimal decimal(Object number) {
        return new BigDecimal(number.toString());
    }

    private void texts() {
        each(NotBlank.class, NotBlank::groups, found -> {
            text();
            keywords.add("minLength", 1);
            rule(value -> !value.toString().isBlank(), "not be blank");
        });
        each(Email.class, Email::groups, found -> {
            text();
            keywords.add("format", "email");
            rule(value -> value.toString().matches("[^@\\s]+@[^@\\s]+"), "be an e-mail address");
        });
        each(Pattern.class, Pattern::groups, this::pattern);
    }

    private void pattern(Pattern found) {
        text();
        int flags = 0;
        for (Pattern.Flag flag : found.flags()) {
            flags |= flag.getValue();
        }
        try {
            java.util.regex.Pattern expression = java.util.regex.Pattern.compile(found.regexp(), flags);
            // Jakarta Validation matches the whole text, JSON Schema any part of it.
            keywords.add("pattern", "^(?:" + found.regexp() + ")$");
            rule(value -> expression.matcher(value.toString()).matches(), "match " + found.regexp());
        } catch (PatternSyntaxException unreadable) {
            throw new UnsupportedTypeException("has a pattern that is no regular expression: " + found.regexp());
        }
    }

    private void text() {
        if (!type.schema().getString("type", "").equals("string")) {
            throw new UnsupportedTypeException("has a constraint for texts, but is none");
        }
    }

    private void rule(Predicate<Object> holds, String mustBe) {
        rules.add(new Rule(holds, mustBe));
    }

    /** Once for each different one: where both a declaration and its type may be annotated, compilers annotate both. */
    private <A extends Annotation> void each(Class<A> kind, Function<A, Class<?>[]> groups, Consumer<A> then) {
        Set<A> found = new LinkedHashSet<>();
        declarations.forEach(declaration -> found.addAll(List.of(declaration.getAnnotationsByType(kind))));
        for (A annotation : found) {
            List<Class<?>> of = List.of(groups.apply(annotation));
            if (of.isEmpty() || of.contains(Default.class)) {
                then.accept(annotation);
            }
        }
    }

    /** The schema with what is written beside it: {@code description}. */
    static ValueType described(ValueType type, String description) {
        if (description.isBlank()) {
            return type;
        }
        String told = type.schema().getString("description", "");
        String whole = told.isEmpty() ? description.strip() : description.strip() + " (" + told + ")";
        JsonObject keywords = Json.createObjectBuilder()
                .add("description", Json.createValue(whole))
                .build();
        return new ConstrainedType(type, keywords, List.of());
    }

    /** Whether an element is marked as one that may be absent, by whichever library's {@code Nullable}. */
    static boolean isNullable(List<AnnotatedElement> declarations) {
        return declarations.stream()
                .flatMap(declaration -> List.of(declaration.getAnnotations()).stream())
                .anyMatch(annotation ->
                        annotation.annotationType().getSimpleName().equals("Nullable"));
    }
}
