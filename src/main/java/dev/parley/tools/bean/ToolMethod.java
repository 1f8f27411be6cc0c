package dev.parley.tools.bean;

import dev.parley.tools.Caller;
import dev.parley.tools.LiveConversation;
import dev.parley.tools.Tool;
import dev.parley.tools.offer.CallContext;
import dev.parley.tools.offer.ToolDescription;
import dev.parley.tools.type.Members;
import dev.parley.tools.type.TypeReader;
import dev.parley.tools.type.UnsupportedTypeException;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.json.JsonObject;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A method with {@link Tool} as it was read at start: its description and how arguments become its parameters. Immutable. */
final class ToolMethod {
    private static final int LONGEST_LIMIT_SECONDS = 3600;

    private final Method method;
    private final ToolDescription description;
    private final Members arguments;
    private final Access access;

    /** Who may use it: everybody, nobody, or those in one of the roles. */
    private record Access(boolean everybody, List<String> roles) {
        boolean isFor(Caller caller) {
            return everybody || roles.stream().anyMatch(caller::hasRole);
        }
    }

    private ToolMethod(Method method, ToolDescription description, Members arguments, Access access) {
        this.method = method;
        this.description = description;
        this.arguments = arguments;
        this.access = access;
    }

    /**
     * Reads the method.
     *
     * @param beanClass the class of the bean, whose roles count where the method has none
     * @throws InvalidToolException when it cannot be a tool
     */
    static ToolMethod read(Method method, Class<?> beanClass) {
        Tool tool = method.getAnnotation(Tool.class);
        if (!Modifier.isPublic(method.getModifiers()) || Modifier.isStatic(method.getModifiers())) {
            throw new InvalidToolException(method, "make it public and not static.");
        }
        if (tool.value().isBlank()) {
            throw new InvalidToolException(
                    method, "say in @Tool(\"…\") what it does and when to use it; the model chooses by that.");
        }
        String name = tool.name().isBlank() ? method.getName() : tool.name().strip();
        if (!ToolDescription.isName(name)) {
            throw new InvalidToolException(
                    method,
                    "its name \"" + name
                            + "\" must begin with a letter or _, and go on with letters, digits and _ . : -,"
                            + " at most 128; give it another one with @Tool(name = …).");
        }
        if (tool.timeLimitSeconds() < 0 || tool.timeLimitSeconds() > LONGEST_LIMIT_SECONDS) {
            throw new InvalidToolException(method, "timeLimitSeconds must be from 0 to " + LONGEST_LIMIT_SECONDS + ".");
        }
        Members arguments = arguments(method);
        ToolDescription description = new ToolDescription(
                name,
                tool.title().isBlank()
                        ? ToolDescription.inWords(name)
                        : tool.title().strip(),
                tool.value().strip(),
                arguments.schema(),
                tool.confirm(),
                tool.blocking(),
                tool.scheduling(),
                tool.timeLimitSeconds() == 0
                        ? Optional.empty()
                        : Optional.of(Duration.ofSeconds(tool.timeLimitSeconds())));
        method.setAccessible(true); // public, but its class need not be
        return new ToolMethod(method, description, arguments, access(method, beanClass));
    }

    private static Members arguments(Method method) {
        List<Parameter> shown = Arrays.stream(method.getParameters())
                .filter(parameter -> !isGiven(parameter))
                .toList();
        try {
            return new TypeReader().parameters(shown);
        } catch (UnsupportedTypeException unsupported) {
            throw new InvalidToolException(method, unsupported.getMessage());
        }
    }

    private static boolean isGiven(Parameter parameter) {
        return parameter.getType() == Caller.class || parameter.getType() == LiveConversation.class;
    }

    /**
     * As in Jakarta Annotations 2.1: what stands at the method beats what stands at the class that declares it. Where both say nothing,
     * the bean's class counts, which is stricter.
     */
    private static Access access(Method method, Class<?> beanClass) {
        return accessOf(method)
                .or(() -> accessOf(method.getDeclaringClass()))
                .or(() -> accessOf(beanClass))
                .orElse(new Access(true, List.of()));
    }

    private static Optional<Access> accessOf(AnnotatedElement element) {
        RolesAllowed roles = element.getAnnotation(RolesAllowed.class);
        if (element.isAnnotationPresent(DenyAll.class)) {
            return Optional.of(new Access(false, List.of()));
        }
        if (roles != null) {
            return Optional.of(new Access(false, List.of(roles.value())));
        }
        return element.isAnnotationPresent(PermitAll.class)
                ? Optional.of(new Access(true, List.of()))
                : Optional.empty();
    }

    Method method() {
        return method;
    }

    ToolDescription description() {
        return description;
    }

    boolean isFor(Caller caller) {
        return access.isFor(caller);
    }

    /** The values of all parameters. */
    @Nullable
    Object[] values(JsonObject given, CallContext context) {
        List<@Nullable Object> read = new ArrayList<>(Arrays.asList(arguments.read(given, "")));
        Parameter[] parameters = method.getParameters();
        for (int i = 0; i < parameters.length; i++) {
            if (parameters[i].getType() == Caller.class) {
                read.add(i, context.caller());
            } else if (parameters[i].getType() == LiveConversation.class) {
                read.add(i, context.conversation());
            }
        }
        return read.toArray();
    }
}
