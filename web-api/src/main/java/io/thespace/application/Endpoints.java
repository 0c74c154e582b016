package io.thespace.application;

import io.thespace.endpoint.Routes;
import io.thespace.gateway.servlet.GatewayEndpoints;
import io.thespace.jaxrs.Declarations;
import io.thespace.jaxrs.RestApplication;
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
    private GatewayEndpoints gateway;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        declare(declarations);
        gateway.addTo(routes);
    }

    /** Reads the declarations of all applications. */
    static void declare(Declarations declarations) {
        for (RestApplication application : List.of(
                new ApiApplication(), new ActionsApplication(), new AgentApplication(), new ManagementApplication())) {
            declarations.read(application.getClass(), application.resources());
        }
    }
}
