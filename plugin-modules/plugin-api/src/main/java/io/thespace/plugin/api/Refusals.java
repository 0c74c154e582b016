package io.thespace.plugin.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an annotation that lists refusals of an endpoint. Each enum of errors nests one, so that the compiler checks the
 * codes:
 *
 * <pre>{@code
 * public enum MemoryError implements ErrorCode {
 *     MEMORY_NOT_FOUND(…);
 *
 *     @Refusals
 *     @Retention(RetentionPolicy.RUNTIME)
 *     @Target(ElementType.METHOD)
 *     public @interface Refuses {
 *         MemoryError[] value();
 *     }
 * }
 * }</pre>
 *
 * Listed are those of the use case; the platform's own follow from the declaration.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.ANNOTATION_TYPE)
public @interface Refusals {}
