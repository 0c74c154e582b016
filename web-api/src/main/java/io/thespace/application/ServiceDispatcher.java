package io.thespace.application;

import io.thespace.jaxrs.DataResource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;

/** {@code /services/{plugin}/…}: the same endpoints by another name. */
@ApplicationScoped
@Path("{plugin}")
@Consumes({MediaType.APPLICATION_JSON, MediaType.MULTIPART_FORM_DATA})
public class ServiceDispatcher extends DataResource {}
