package io.thespace.application;

import io.thespace.endpoint.rest.ActionsResource;
import io.thespace.jaxrs.RestApplication;
import jakarta.ws.rs.ApplicationPath;
import java.util.List;

/**
 * {@code /api/v1/gateway/plugin/…}. It is an application of its own since the gateway's servlet has the path above it, and
 * the longest path of a servlet wins (Servlet 6.0, section 12.1).
 */
@ApplicationPath("api/v1/gateway/plugin")
public class ActionsApplication extends RestApplication {

    static final List<Class<?>> RESOURCES = List.of(ActionsResource.class);

    public ActionsApplication() {
        super(RESOURCES);
    }
}
