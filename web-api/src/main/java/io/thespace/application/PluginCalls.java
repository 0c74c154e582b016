package io.thespace.application;

import io.thespace.jaxrs.DataResource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;

/** Endpoints that are still declared as data. */
@ApplicationScoped
@Path("{path: .*}")
@Consumes({MediaType.APPLICATION_JSON, MediaType.MULTIPART_FORM_DATA})
public class PluginCalls extends DataResource {}
