package io.thespace.endpoint;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The endpoint is also a tool for MCP clients, and an action by the same name. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Tool {

    /** Its name, in {@code snake_case}; no other endpoint of the platform has it. */
    String value();

    /** Whether the caller cannot take back what it does. */
    boolean destructive() default false;
}
