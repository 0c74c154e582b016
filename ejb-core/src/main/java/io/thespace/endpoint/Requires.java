package io.thespace.endpoint;

import io.thespace.plugin.api.Permission;
import io.thespace.plugin.api.Role;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The permission that callers of an endpoint need or, without one, the minimum role on the platform. On a class it
 * applies to each method without a declaration of its own. A method has this, {@link Open}, or both; without either the
 * deployment fails.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Requires {

    /** The permission; at most one. */
    Permission[] value() default {};

    /** The least role. With a permission it is {@code GUEST}: the permission alone decides. */
    Role role() default Role.GUEST;
}
