package io.thespace.jaxrs;

import io.thespace.wire.Exchange;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response;

/** Admits the calls of endpoints that are declared as data, before their bodies are read. */
final class DataFilter implements ContainerRequestFilter {

    private final DataEndpoints endpoints;

    DataFilter(DataEndpoints endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public void filter(ContainerRequestContext context) {
        if (!endpoints.admit(Exchange.current())) {
            context.abortWith(Response.noContent().build());
        }
    }
}
