package io.thespace.wire;

import io.thespace.endpoint.Mount;
import io.thespace.endpoint.Resource;
import io.thespace.endpoint.Routes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** Mounts the platform's own endpoints when the application starts. */
@WebListener
public class Mounting implements ServletContextListener {

    @Inject
    private Routes routes;

    @Inject
    @Any
    private Instance<Resource> resources;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        for (Resource resource : resources) {
            routes.mount(Mount.of(resource.group()), resource.family().prefix(), resource.endpoints());
        }
    }
}
