package io.thespace.endpoint;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** An endpoint that needs no credentials, always or depending on a setting. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Open {

    /**
     * The name of the true-or-false setting that opens the endpoint, for example {@code SPACE_DOCS_PUBLIC}; {@link Requires}
     * holds while it is false. Empty: the endpoint is always open.
     */
    String setting() default "";
}
