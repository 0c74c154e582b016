package io.thespace.endpoint;

import io.thespace.plugin.api.Handler;
import java.lang.reflect.Method;

/**
 * A handler that is a method of a resource.
 *
 * @param <B> the request body's type; {@code Void} for none
 */
public interface MethodHandler<B> extends Handler<B> {

    /** The method. */
    Method method();

    /**
     * The request body among a call's arguments.
     *
     * @return null for an endpoint without one
     */
    Object body(Object[] arguments);
}
