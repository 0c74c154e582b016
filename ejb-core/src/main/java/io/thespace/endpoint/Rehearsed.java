package io.thespace.endpoint;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * All effects of the endpoint are in the database, so the platform may call it with its examples in a transaction that it
 * rolls back ({@link Rehearsals}). Endpoints of GET need no such declaration.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Rehearsed {}
