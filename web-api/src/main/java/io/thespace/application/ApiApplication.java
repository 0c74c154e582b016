package io.thespace.application;

import io.thespace.identity.rest.AuthResource;
import io.thespace.jaxrs.RestApplication;
import jakarta.ws.rs.ApplicationPath;
import java.util.List;

/** The platform's own API and that of its plugins. */
@ApplicationPath("api")
public class ApiApplication extends RestApplication {

    static final List<Class<?>> RESOURCES = List.of(AuthResource.class);

    public ApiApplication() {
        super(RESOURCES);
    }

    @Override
    protected List<Class<?>> dispatchers() {
        return List.of(PluginCalls.class);
    }
}
