package io.thespace.jaxrs;

import io.thespace.endpoint.Routes;
import io.thespace.plugin.api.Method;
import io.thespace.wire.Exchange;
import io.thespace.wire.PathSegments;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The methods that the {@code Allow} header names. Of {@code /memories/search} RESTEasy also names those of {@code
 * /memories/{memory_id}}, so the table of endpoints is used; it is never used for authorization.
 */
@ApplicationScoped
class Methods {

    @Inject
    Routes routes;

    /** The methods at the request's path; those that the implementation names where the table has none. */
    Collection<String> at(Exchange exchange, Response named) {
        Map<Method, ?> here = routes.find(PathSegments.of(exchange.request().getRequestURI()));
        if (!here.isEmpty()) {
            return here.keySet().stream().map(Method::name).toList();
        }
        String listed = String.join(",", named.getStringHeaders().getOrDefault(HttpHeaders.ALLOW, List.of()));
        return Arrays.stream(listed.split(",", -1))
                .map(String::strip)
                .filter(method -> !method.isEmpty())
                .toList();
    }

    /** As {@link #at(Exchange, Response)}. */
    Collection<String> at(Exchange exchange, Collection<String> named) {
        Map<Method, ?> here = routes.find(PathSegments.of(exchange.request().getRequestURI()));
        return here.isEmpty() ? named : here.keySet().stream().map(Method::name).toList();
    }
}
