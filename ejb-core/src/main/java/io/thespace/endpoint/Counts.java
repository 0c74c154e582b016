package io.thespace.endpoint;

import io.thespace.plugin.api.LimitClass;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The limit class that a call counts against, where it is not {@code READ} for a GET and {@code WRITE} for all others. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Counts {
    LimitClass value();
}
