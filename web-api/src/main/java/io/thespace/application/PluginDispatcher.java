package io.thespace.application;

import io.thespace.jaxrs.DataResource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;

/**
 * The endpoints of plugins below {@code /api/plugins}. Jakarta REST matches methods only in the classes with the
 * longest matching path, so this class has the path of the resources that are below {@code /api/plugins}, too.
 */
@ApplicationScoped
@Path("plugins")
@Consumes({MediaType.APPLICATION_JSON, MediaType.MULTIPART_FORM_DATA})
public class PluginDispatcher extends DataResource {}
