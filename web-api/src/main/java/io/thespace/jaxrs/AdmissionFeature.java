package io.thespace.jaxrs;

import io.thespace.endpoint.Pipeline;
import io.thespace.endpoint.Route;
import io.thespace.wire.Callers;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;

/** Binds to each resource method, once at the deployment, a filter that holds the method's declaration. */
@Provider
@Dependent
public class AdmissionFeature implements DynamicFeature {

    @Inject
    Declarations declarations;

    @Inject
    Callers callers;

    @Inject
    Pipeline pipeline;

    @Inject
    DataEndpoints data;

    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        Class<?> type = resource.getResourceClass();
        Method method = resource.getResourceMethod();
        if (DataResource.class.isAssignableFrom(type)) {
            context.register(new DataFilter(data));
            return;
        }
        Route route = declarations.of(method);
        if (route != null) {
            context.register(new AdmissionFilter(route, declarations.reserved(route), callers, pipeline));
        } else if (!method.getDeclaringClass().getName().startsWith("org.glassfish.")) {
            // Jersey's own are its answers to OPTIONS.
            throw new IllegalStateException(method + " is served but not declared");
        }
    }
}
