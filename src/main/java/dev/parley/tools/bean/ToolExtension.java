package dev.parley.tools.bean;

import dev.parley.tools.Tool;
import dev.parley.tools.offer.OfferedTool;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.enterprise.inject.spi.ProcessSessionBean;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the methods with {@link Tool} of all beans of the application. What is wrong with them is told all at once, and stops
 * deployment. Called by the container while it starts, on one thread; read by any thread after that.
 */
public class ToolExtension implements Extension {
    private static final Logger LOG = System.getLogger(ToolExtension.class.getName());

    private final List<Found> found = new ArrayList<>();
    private volatile List<OfferedTool> tools = List.of();

    private record Found(Bean<?> bean, Method method) {}

    <T> void managed(@Observes ProcessManagedBean<T> event) {
        collect(event.getBean(), event.getAnnotatedBeanClass());
    }

    <T> void session(@Observes ProcessSessionBean<T> event) {
        collect(event.getBean(), event.getAnnotatedBeanClass());
    }

    private void collect(Bean<?> bean, AnnotatedType<?> type) {
        for (AnnotatedMethod<?> method : type.getMethods()) {
            if (method.getJavaMember().isAnnotationPresent(Tool.class)) {
                found.add(new Found(bean, method.getJavaMember()));
            }
        }
    }

    void validated(@Observes AfterDeploymentValidation event, BeanManager beans) {
        List<OfferedTool> valid = new ArrayList<>();
        Map<String, Found> byName = new HashMap<>();
        List<String> problems = new ArrayList<>();
        found.sort(Comparator.comparing(one -> InvalidToolException.named(one.method)));
        for (Found one : found) {
            try {
                ToolMethod method = read(one);
                Found before = byName.putIfAbsent(method.description().name(), one);
                if (before != null) {
                    throw new InvalidToolException(
                            one.method,
                            "the name \"" + method.description().name() + "\" is taken by "
                                    + InvalidToolException.named(before.method) + " of the bean "
                                    + before.bean.getBeanClass().getName() + "; give one of them another name with"
                                    + " @Tool(name = …).");
                }
                valid.add(new BeanTool(method, one.bean, beans));
            } catch (InvalidToolException invalid) {
                problems.add(invalid.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            event.addDeploymentProblem(new DeploymentException(String.join("\n", problems)));
            return;
        }
        tools = List.copyOf(valid);
        LOG.log(
                Level.INFO,
                () -> valid.size() + " tools of beans are offered: "
                        + valid.stream().map(tool -> tool.description().name()).toList());
    }

    private static ToolMethod read(Found one) {
        Class<?> declaring = one.method.getDeclaringClass();
        if (!one.bean.getTypes().contains(declaring)) {
            throw new InvalidToolException(
                    one.method,
                    "the bean " + one.bean.getBeanClass().getName() + " cannot be called as " + declaring.getName()
                            + "; give a session bean a no-interface view with @LocalBean, or leave out @Typed.");
        }
        return ToolMethod.read(one.method, one.bean.getBeanClass());
    }

    /** What was found, in the order of classes and methods; empty before the application has started. */
    List<OfferedTool> tools() {
        return tools;
    }
}
