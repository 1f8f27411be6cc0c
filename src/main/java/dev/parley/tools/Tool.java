package dev.parley.tools;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Offers a public method of a CDI bean to the model as a function.
 *
 * <p>Parameters become a JSON schema: texts, numbers, booleans, enums, {@code java.time}, lists, maps with text keys,
 * records; constraints of Jakarta Validation become part of it and are checked before the method runs. A parameter is
 * required unless it is an {@link java.util.Optional} or {@code @Nullable}. Parameters of the types {@link Caller} and
 * {@link LiveConversation} are given by Parley and not shown to the model. {@code jakarta.annotation.security.RolesAllowed} on
 * the method or its class offers the tool to callers in one of these roles only.
 *
 * <p>The method runs on a thread that may block, with an active request context, and is interrupted when its time is over,
 * when the model does not want the result any more, and when the conversation ends. What it returns is written by JSON-B;
 * what is no JSON object goes to the model as {@code {"output": …}}. It fails with a {@link ToolException} to tell the model
 * why; of any other exception the model only learns that the tool failed.
 */
@Documented
@Retention(RUNTIME)
@Target(METHOD)
public @interface Tool {
    /** What it does and when to use it, for the model: the better this is, the better the model chooses. */
    String value();

    /** How the model calls it: a letter or {@code _}, then letters, digits, {@code _ . : -}; empty: the method's name. */
    String name() default "";

    /** What the person on the page reads; empty: the name in words. */
    String title() default "";

    /** Whether the person on the page is asked before each call. */
    boolean confirm() default false;

    /**
     * Whether the model waits for the result and says nothing meanwhile, where it can. A model that cannot wait is told when the
     * result is there; one that cannot go on waits.
     */
    boolean blocking() default false;

    /** When the model speaks of the result of a call that it did not wait for, where it can choose. */
    Scheduling scheduling() default Scheduling.WHEN_IDLE;

    /** Seconds that a call may take; 0: {@code parley.tools.time-limit}. */
    int timeLimitSeconds() default 0;
}
