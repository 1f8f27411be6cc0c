package dev.parley.tools.bean;

import dev.parley.tools.Caller;
import dev.parley.tools.offer.CallContext;
import dev.parley.tools.offer.OfferedTool;
import dev.parley.tools.offer.ToolDescription;
import dev.parley.tools.type.ArgumentException;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.json.JsonObject;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** A method of a bean, called as any other client of the bean would: with its scope and its interceptors. */
final class BeanTool implements OfferedTool {
    private final ToolMethod method;
    private final Bean<?> bean;
    private final BeanManager beans;

    BeanTool(ToolMethod method, Bean<?> bean, BeanManager beans) {
        this.method = method;
        this.bean = bean;
        this.beans = beans;
    }

    @Override
    public ToolDescription description() {
        return method.description();
    }

    @Override
    public boolean isFor(Caller caller) {
        return method.isFor(caller);
    }

    @Override
    public JsonObject call(JsonObject arguments, CallContext context) throws Exception {
        @Nullable Object[] values = method.values(arguments, context);
        RequestContextController request =
                beans.createInstance().select(RequestContextController.class).get();
        boolean activated = request.activate();
        CreationalContext<?> creation = beans.createCreationalContext(bean);
        try {
            Object reference = beans.getReference(bean, method.method().getDeclaringClass(), creation);
            Object result = method.method().invoke(reference, values);
            return ResultWriter.write(result, method.method().getReturnType());
        } catch (InvocationTargetException | ExecutionException failed) {
            throw told(failed.getCause());
        } finally {
            creation.release(); // a dependent bean lives for one call
            if (activated) {
                request.deactivate();
            }
        }
    }

    /** What the method threw; the container's own validation, which knows more constraints than a schema, as an argument's fault. */
    private static Exception told(@Nullable Throwable thrown) {
        if (thrown instanceof ConstraintViolationException violated && isOfArguments(violated)) {
            StringBuilder message = new StringBuilder();
            for (ConstraintViolation<?> violation : violated.getConstraintViolations()) {
                message.append(message.isEmpty() ? "" : " ")
                        .append('"')
                        .append(argument(violation.getPropertyPath()))
                        .append("\" ")
                        .append(violation.getMessage())
                        .append('.');
            }
            return new ArgumentException(message.toString());
        }
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof Exception exception ? exception : new IllegalStateException(thrown);
    }

    private static boolean isOfArguments(ConstraintViolationException violated) {
        return violated.getConstraintViolations() != null
                && !violated.getConstraintViolations().isEmpty()
                && violated.getConstraintViolations().stream().allMatch(violation -> {
                    for (Path.Node node : violation.getPropertyPath()) {
                        if (node.getKind() == ElementKind.PARAMETER || node.getKind() == ElementKind.CROSS_PARAMETER) {
                            return true;
                        }
                    }
                    return false;
                });
    }

    /** The path without the method's name in front. */
    private static String argument(Path path) {
        String whole = path.toString();
        return whole.substring(whole.indexOf('.') + 1);
    }
}
