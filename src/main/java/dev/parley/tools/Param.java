package dev.parley.tools;

import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.ElementType.RECORD_COMPONENT;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** Describes a parameter of a {@link Tool}, or a component of a record in it, to the model. */
@Documented
@Retention(RUNTIME)
@Target({PARAMETER, RECORD_COMPONENT})
public @interface Param {
    /** What it means, with an example where the form is not obvious. */
    String value() default "";

    /** What the model calls it; empty: its name in Java, which the compiler keeps for parameters with {@code -parameters}. */
    String name() default "";
}
