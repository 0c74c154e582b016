package io.thespace.application;

import io.thespace.jaxrs.RestApplication;
import io.thespace.mcp.rest.AgentResource;
import jakarta.ws.rs.ApplicationPath;
import java.util.List;

/** {@code /api/v1/gateway/mcp/…}; an application of its own for the same reason as {@link ActionsApplication}. */
@ApplicationPath("api/v1/gateway/mcp")
public class AgentApplication extends RestApplication {

    static final List<Class<?>> RESOURCES = List.of(AgentResource.class);

    public AgentApplication() {
        super(RESOURCES);
    }
}
