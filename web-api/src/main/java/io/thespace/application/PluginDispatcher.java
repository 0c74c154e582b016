package io.thespace.application;

import io.thespace.jaxrs.DataResource;
import io.thespace.jaxrs.SentBody;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;

/**
 * The endpoints of plugins below {@code /api/plugins}. Jakarta REST looks for a method only in the classes with the longest
 * matching path, so this class has the path of the resources that are below {@code /api/plugins}, too.
 */
@ApplicationScoped
@Path("plugins")
@Consumes({MediaType.APPLICATION_JSON, MediaType.MULTIPART_FORM_DATA})
public class PluginDispatcher extends DataResource {

    private static final String ANY = "{path: .+}";

    @Override
    @OPTIONS
    @Path(ANY)
    public void options() {
        super.options();
    }

    @Override
    @GET
    @Path(ANY)
    public void get() {
        super.get();
    }

    @Override
    @POST
    @Path(ANY)
    public void post(SentBody body) {
        super.post(body);
    }

    @Override
    @PUT
    @Path(ANY)
    public void put(SentBody body) {
        super.put(body);
    }

    @Override
    @PATCH
    @Path(ANY)
    public void patch(SentBody body) {
        super.patch(body);
    }

    @Override
    @DELETE
    @Path(ANY)
    public void delete(SentBody body) {
        super.delete(body);
    }
}
