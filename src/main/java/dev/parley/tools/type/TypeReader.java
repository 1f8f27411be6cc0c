package dev.parley.tools.type;

import dev.parley.tools.Param;
import dev.parley.tools.type.Members.Member;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the JSON side of Java types. One per method that is read; on one thread. */
public final class TypeReader {
    private static final Map<Class<?>, Object> EMPTY = Map.of(
            Optional.class,
            Optional.empty(),
            OptionalInt.class,
            OptionalInt.empty(),
            OptionalLong.class,
            OptionalLong.empty(),
            OptionalDouble.class,
            OptionalDouble.empty());

    /** Records that are being read, so that one that contains itself is found. */
    private final Deque<Class<?>> within = new ArrayDeque<>();

    /**
     * Parameters as members of the arguments' object.
     *
     * @throws UnsupportedTypeException when one cannot be, naming it
     */
    public Members parameters(List<Parameter> parameters) {
        List<Member> members = new ArrayList<>();
        for (Parameter parameter : parameters) {
            Param param = parameter.getAnnotation(Param.class);
            boolean named = param != null && !param.name().isBlank();
            if (!named && !parameter.isNamePresent()) {
                throw new UnsupportedTypeException("Parameter " + (members.size() + 1)
                        + " has no name: compile with -parameters, or give it one with @Param(name = …).");
            }
            members.add(member(parameter.getName(), param, parameter, parameter.getAnnotatedType()));
        }
        return distinct(members);
    }

    private Member member(
            String javaName, @Nullable Param param, AnnotatedElement declaration, AnnotatedType annotatedType) {
        String name = param == null || param.name().isBlank()
                ? javaName
                : param.name().strip();
        Class<?> raw = raw(annotatedType);
        List<AnnotatedElement> declarations = List.of(declaration, annotatedType);
        try {
            boolean optional = EMPTY.containsKey(raw);
            boolean nullable = !raw.isPrimitive() && Constraints.isNullable(declarations);
            ValueType type =
                    optional ? optional(raw, annotatedType) : Constraints.apply(value(annotatedType), declarations);
            return new Member(
                    name,
                    Constraints.described(type, param == null ? "" : param.value()),
                    !optional && !nullable,
                    EMPTY.get(raw));
        } catch (UnsupportedTypeException unsupported) {
            String message = unsupported.getMessage();
            throw new UnsupportedTypeException(
                    message.startsWith("\"")
                            ? "\"" + name + "." + message.substring(1)
                            : "\"" + name + "\" " + message);
        }
    }

    private Members distinct(List<Member> members) {
        Set<String> names = new HashSet<>();
        for (Member member : members) {
            if (!names.add(member.name())) {
                throw new UnsupportedTypeException("Two values are called \"" + member.name() + "\".");
            }
        }
        return new Members(members);
    }

    private ValueType optional(Class<?> raw, AnnotatedType type) {
        if (raw == OptionalInt.class) {
            return new Wrapped(scalar(int.class), value -> OptionalInt.of((Integer) value));
        }
        if (raw == OptionalLong.class) {
            return new Wrapped(scalar(long.class), value -> OptionalLong.of((Long) value));
        }
        if (raw == OptionalDouble.class) {
            return new Wrapped(scalar(double.class), value -> OptionalDouble.of((Double) value));
        }
        return new Wrapped(argument(type, 0), Optional::of);
    }

    /** The type argument at an index, with the constraints on it. */
    private ValueType argument(AnnotatedType type, int index) {
        if (!(type instanceof AnnotatedParameterizedType parameterized)) {
            throw unsupported(type.getType(), "say of what, such as List<String>");
        }
        AnnotatedType argument = parameterized.getAnnotatedActualTypeArguments()[index];
        return Constraints.apply(value(argument), List.of(argument));
    }

    private ValueType value(AnnotatedType annotatedType) {
        Type type = annotatedType.getType();
        if (annotatedType instanceof AnnotatedArrayType) {
            throw unsupported(type, "use a List");
        }
        Class<?> raw = raw(annotatedType);
        Optional<ValueType> scalar = ScalarType.of(raw);
        if (scalar.isPresent()) {
            return scalar.get();
        }
        if (raw == List.class || raw == Collection.class || raw == Set.class) {
            return new ContainerTypes.ListOf(argument(annotatedType, 0), raw == Set.class);
        }
        if (raw == Map.class) {
            if (!(type instanceof ParameterizedType map) || map.getActualTypeArguments()[0] != String.class) {
                throw unsupported(type, "a map has String keys");
            }
            return new ContainerTypes.MapOf(argument(annotatedType, 1));
        }
        if (raw.isRecord() && raw.getTypeParameters().length == 0) {
            return record(raw);
        }
        throw unsupported(
                type,
                "use a text, number, boolean, enum, java.time type, List, Set, Map<String, …>, Optional or record without"
                        + " type parameters");
    }

    private ValueType record(Class<?> type) {
        if (within.contains(type)) {
            throw unsupported(type, "a record cannot contain itself");
        }
        within.push(type);
        try {
            RecordComponent[] components = type.getRecordComponents();
            Constructor<?> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            List<Member> members = new ArrayList<>();
            for (int i = 0; i < components.length; i++) {
                RecordComponent component = components[i];
                Parameter parameter = constructor.getParameters()[i]; // where annotations for parameters are kept
                members.add(member(
                        component.getName(),
                        component.getAnnotation(Param.class),
                        parameter,
                        component.getAnnotatedType()));
            }
            return new Made(constructor, distinct(members));
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException("A record without its canonical constructor: " + type, impossible);
        } finally {
            within.pop();
        }
    }

    private static ValueType scalar(Class<?> type) {
        return ScalarType.of(type).orElseThrow();
    }

    private static Class<?> raw(AnnotatedType type) {
        Type erased =
                type.getType() instanceof ParameterizedType parameterized ? parameterized.getRawType() : type.getType();
        return erased instanceof Class<?> found ? found : Object.class; // variables and wildcards: nothing to read
    }

    private static UnsupportedTypeException unsupported(Type type, String instead) {
        return new UnsupportedTypeException("has the type " + type.getTypeName() + ": " + instead);
    }

    /** In an {@link Optional} or one of its kin. */
    private record Wrapped(ValueType type, Function<Object, Object> wrap) implements ValueType {
        @Override
        public JsonObject schema() {
            return type.schema();
        }

        @Override
        public Object read(JsonValue value, String where) {
            return wrap.apply(type.read(value, where));
        }
    }

    /** A record, made by its canonical constructor, which may have checks of its own. */
    private record Made(Constructor<?> constructor, Members components) implements ValueType {
        @Override
        public JsonObject schema() {
            return components.schema();
        }

        @Override
        public Object read(JsonValue value, String where) {
            if (!(value instanceof JsonObject object)) {
                throw ArgumentException.of(where, "must be an object");
            }
            try {
                return constructor.newInstance(components.read(object, where));
            } catch (InvocationTargetException refused) {
                throw ArgumentException.of(
                        where,
                        "is not accepted: " + refused.getTargetException().getMessage());
            } catch (InstantiationException | IllegalAccessException impossible) {
                throw new IllegalStateException("A record that cannot be made: " + constructor, impossible);
            }
        }
    }
}
