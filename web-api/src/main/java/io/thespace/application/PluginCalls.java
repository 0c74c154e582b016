package io.thespace.application;

import io.thespace.jaxrs.DataResource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;

/**
 * Endpoints that are still declared as data. The paths of the documentation are left out: its classes have no literal prefix,
 * and Jakarta REST prefers the class whose path has more templates.
 */
@ApplicationScoped
@Path("{path: (?!(?:docs(?:/[^/]+)?|openapi(?:\\.json|\\.yaml)?)$).*}")
@Consumes({MediaType.APPLICATION_JSON, MediaType.MULTIPART_FORM_DATA})
public class PluginCalls extends DataResource {}
