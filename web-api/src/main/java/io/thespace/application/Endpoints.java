package io.thespace.application;

import io.thespace.endpoint.Mount;
import io.thespace.endpoint.Resource;
import io.thespace.endpoint.Routes;
import io.thespace.jaxrs.Declarations;
import io.thespace.jaxrs.RestApplication;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.util.List;

/** Puts the platform's own endpoints into the table when the application starts, before any of them is served. */
@WebListener
public class Endpoints implements ServletContextListener {

    @Inject
    private Routes routes;

    @Inject
    private Declarations declarations;

    @Inject
    @Any
    private Instance<Resource> resources;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        for (RestApplication application :
                List.of(new ApiApplication(), new ActionsApplication(), new ManagementApplication())) {
            declarations.read(application.getClass(), application.resources());
        }
        for (Resource resource : resources) {
            routes.add(Mount.of(resource.group()), resource.family().prefix(), resource.endpoints());
        }
    }
}
