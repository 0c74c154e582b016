package io.thespace.jaxrs;

import io.thespace.endpoint.Answer;
import io.thespace.endpoint.CallContext;
import io.thespace.wire.AllowedMethods;
import io.thespace.wire.Exchange;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.util.Optional;

/** Gives the response what the pipeline made of the call: it was serialised in the transaction of its effect. */
@Provider
@Dependent
public class AnswerFilter implements ContainerResponseFilter {

    private static final Annotation[] NONE = {};

    @Inject
    Methods methods;

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        Exchange exchange = Exchange.current();
        if (exchange.refused()) {
            return;
        }
        Optional<Answer> answer = Optional.ofNullable(exchange.call()).flatMap(CallContext::answer);
        if (answer.isPresent()) {
            write(answer.get(), request, response, exchange.response());
        } else if (HttpMethod.OPTIONS.equals(request.getMethod())) {
            if (!exchange.response().containsHeader(HttpHeaders.ALLOW)) {
                exchange.response()
                        .setHeader(
                                HttpHeaders.ALLOW,
                                AllowedMethods.header(methods.at(exchange, response.getAllowedMethods())));
            }
            response.getHeaders().clear();
            response.setEntity(null);
            response.setStatus(204);
        } else {
            throw new IllegalStateException("A response was made that no admitted call led to");
        }
    }

    private static void write(
            Answer answer,
            ContainerRequestContext request,
            ContainerResponseContext response,
            HttpServletResponse servlet) {
        // On the servlet's response, where they replace the headers that every response has.
        answer.headers().forEach(servlet::setHeader);
        if (answer.replayed()) {
            servlet.setHeader("Idempotency-Replayed", "true");
        }
        if (isKnown(answer.headers().get(HttpHeaders.ETAG), request)) {
            response.setEntity(null);
            response.setStatus(304);
            return;
        }
        response.setStatus(answer.status());
        if (answer.mediaType() == null) {
            response.setEntity(null);
            return;
        }
        servlet.setContentLength(answer.body().length);
        response.setEntity(answer.body(), NONE, MediaType.valueOf(answer.mediaType()));
    }

    /** Whether the caller has this representation already (RFC 9110, section 13.1.2). */
    private static boolean isKnown(String tag, ContainerRequestContext request) {
        boolean reads = HttpMethod.GET.equals(request.getMethod()) || HttpMethod.HEAD.equals(request.getMethod());
        return tag != null
                && reads
                && request.getRequest().evaluatePreconditions(new EntityTag(tag.substring(1, tag.length() - 1)))
                        != null;
    }
}
