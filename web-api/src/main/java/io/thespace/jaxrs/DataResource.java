package io.thespace.jaxrs;

import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;

/**
 * Serves endpoints that are declared as data, which are added and removed at run time: those of plugins. {@link
 * DataFilter} has selected and authorized the endpoint.
 */
public abstract class DataResource {

    private static final String ANY = "{path: .+}";

    @Inject
    DataEndpoints endpoints;

    /** Never reached: {@link DataFilter} answers. */
    @OPTIONS
    @Path(ANY)
    public void options() {
        throw new IllegalStateException("OPTIONS is answered before");
    }

    @GET
    @Path(ANY)
    public void get() {
        endpoints.call(SentBody.NONE);
    }

    @POST
    @Path(ANY)
    public void post(SentBody body) {
        endpoints.call(body);
    }

    @PUT
    @Path(ANY)
    public void put(SentBody body) {
        endpoints.call(body);
    }

    @PATCH
    @Path(ANY)
    public void patch(SentBody body) {
        endpoints.call(body);
    }

    @DELETE
    @Path(ANY)
    public void delete(SentBody body) {
        endpoints.call(body);
    }
}
