package io.thespace.jaxrs;

import io.thespace.endpoint.EndpointError;
import io.thespace.endpoint.Failures;
import io.thespace.endpoint.Pipeline;
import io.thespace.plugin.api.Rejection;
import io.thespace.wire.AllowedMethods;
import io.thespace.wire.Callers;
import io.thespace.wire.Exchange;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.List;

/**
 * Makes the family's error body of whatever ends a call: the one place that does so for Jakarta REST. There is a class for
 * each type for which an implementation brings a mapper of its own, which would win over one for {@code Throwable}.
 */
abstract class Refusal<T extends Throwable> implements ExceptionMapper<T> {

    @Inject
    Callers callers;

    @Inject
    Pipeline pipeline;

    @Inject
    Methods methods;

    /** Everything else. */
    @Provider
    @Dependent
    public static class OfFailure extends Refusal<Throwable> {}

    /** The rejection of a resource. */
    @Provider
    @Dependent
    public static class OfRejection extends Refusal<Rejection> {}

    /** Arguments that break their constraints. */
    @Provider
    @Dependent
    public static class OfInvalidArguments extends Refusal<ConstraintViolationException> {}

    /** The rejection of a request by Jakarta REST itself. */
    @Provider
    @Dependent
    public static class OfRequest extends Refusal<WebApplicationException> {}

    /** A path that no resource has. */
    @Provider
    @Dependent
    public static class OfUnknownPath extends Refusal<NotFoundException> {}

    /** A method that a path does not have. */
    @Provider
    @Dependent
    public static class OfWrongMethod extends Refusal<NotAllowedException> {}

    /** Every mapper there is. */
    static List<Class<?>> all() {
        return List.of(
                OfFailure.class,
                OfRejection.class,
                OfInvalidArguments.class,
                OfRequest.class,
                OfUnknownPath.class,
                OfWrongMethod.class);
    }

    @Override
    public Response toResponse(T failure) {
        Exchange exchange = Exchange.current();
        if (failure instanceof WebApplicationException answer
                && answer.getResponse().getStatus() < 300) {
            // RESTEasy's answer to OPTIONS.
            return answer.getResponse();
        }
        Rejection rejection = rejection(exchange, failure);
        exchange.turnedAway(pipeline, rejection);
        Exchange.Refused refused = exchange.refusal(rejection);
        return Response.status(refused.status())
                .type(refused.mediaType())
                .entity(refused.body())
                .build();
    }

    private Rejection rejection(Exchange exchange, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Rejection rejection) {
                return rejection;
            }
        }
        if (failure instanceof NotFoundException) {
            return RequestFilter.unknownPath(exchange, callers);
        }
        if (failure instanceof NotAllowedException wrongMethod) {
            return wrongMethod(exchange, wrongMethod);
        }
        if (failure instanceof WebApplicationException request
                && request.getResponse().getStatus() < 500) {
            return new Rejection(EndpointError.INVALID_REQUEST, "The request is malformed.");
        }
        return Failures.rejection(failure);
    }

    private Rejection wrongMethod(Exchange exchange, NotAllowedException failure) {
        if (exchange.family().closed()) {
            try {
                callers.identified(exchange);
            } catch (Rejection unidentified) {
                return unidentified;
            }
        }
        String allowed = AllowedMethods.header(methods.at(exchange, failure.getResponse()));
        exchange.response().setHeader(HttpHeaders.ALLOW, allowed);
        return AllowedMethods.refusal(exchange.request().getMethod(), allowed);
    }
}
