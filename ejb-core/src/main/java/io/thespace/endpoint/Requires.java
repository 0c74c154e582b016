package io.thespace.endpoint;

import io.thespace.plugin.api.Permission;
import io.thespace.plugin.api.Role;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a caller needs to call an endpoint: a permission or, without one, at least a role on the platform. On a class it holds
 * for each of its methods that does not declare its own. A method has this, {@link Open}, or both; without either the
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
