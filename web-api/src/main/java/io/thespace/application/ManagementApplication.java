package io.thespace.application;

import io.thespace.jaxrs.RestApplication;
import io.thespace.memory.management.MemoriesResource;
import io.thespace.openapi.ManagementDocsResource;
import jakarta.ws.rs.ApplicationPath;
import java.util.List;

/** The API for operators and their programs. */
@ApplicationPath("management")
public class ManagementApplication extends RestApplication {

    static final List<Class<?>> RESOURCES = List.of( //
            ManagementDocsResource.class, //
            MemoriesResource.class);

    public ManagementApplication() {
        super(RESOURCES);
    }

    @Override
    protected List<Class<?>> dispatchers() {
        return List.of(PluginCalls.class);
    }
}
