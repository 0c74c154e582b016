package io.thespace.jaxrs;

import io.thespace.endpoint.EndpointError;
import io.thespace.plugin.api.Rejection;
import io.thespace.wire.Callers;
import io.thespace.wire.Exchange;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.util.regex.Pattern;

/**
 * Normalizes requests before matching: a media type must not prevent a match, since it is checked after the caller's
 * role, with the platform's own error; and a path with a trailing slash, which Jakarta REST treats like the one
 * without, is unknown.
 */
@Provider
@PreMatching
@Dependent
public class RequestFilter implements ContainerRequestFilter {

    /** A list of entity tags (RFC 9110, section 8.8.3), or all. */
    private static final Pattern TAGS = Pattern.compile("\\*|\"[^\"]*\"(?: *, *\"[^\"]*\")*");

    @Inject
    Callers callers;

    @Override
    public void filter(ContainerRequestContext context) {
        Exchange exchange = Exchange.current();
        MultivaluedMap<String, String> headers = context.getHeaders();
        headers.putSingle(HttpHeaders.ACCEPT, MediaType.WILDCARD);
        headers.putSingle(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
        String tags = headers.getFirst(HttpHeaders.IF_NONE_MATCH);
        if (tags != null) {
            // Compared weakly (RFC 9110, section 13.1.2), which RESTEasy does not; proxies that compress make tags
            // weak.
            String strong = tags.replace("W/\"", "\"");
            if (TAGS.matcher(strong).matches()) {
                headers.putSingle(HttpHeaders.IF_NONE_MATCH, strong);
            } else {
                // Jersey fails to parse it; a condition that means nothing is none.
                headers.remove(HttpHeaders.IF_NONE_MATCH);
            }
        }
        if (HttpMethod.GET.equals(context.getMethod()) || HttpMethod.HEAD.equals(context.getMethod())) {
            // A condition for changes: no read declares it, and Jersey fails to parse a malformed one.
            headers.remove(HttpHeaders.IF_MATCH);
        }
        boolean closed = exchange.family().closed();
        if (closed && HttpMethod.OPTIONS.equals(context.getMethod())) {
            callers.identified(exchange);
        }
        if (exchange.request().getRequestURI().endsWith("/")) {
            throw unknownPath(exchange, callers);
        }
    }

    /** The refusal of a path that no endpoint has; a closed family hides its endpoints from callers without credentials. */
    static Rejection unknownPath(Exchange exchange, Callers callers) {
        if (exchange.family().closed()) {
            try {
                callers.identified(exchange);
            } catch (Rejection unidentified) {
                return unidentified;
            }
        }
        return new Rejection(
                EndpointError.UNKNOWN_PATH,
                "There is no endpoint at this path. GET %s/openapi lists those there are."
                        .formatted(exchange.family().prefix()));
    }
}
