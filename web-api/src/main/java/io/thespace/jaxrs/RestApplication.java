package io.thespace.jaxrs;

import jakarta.ws.rs.core.Application;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An application that lists its resources, with the providers that all applications share. */
public abstract class RestApplication extends Application {

    private static final List<Class<?>> PROVIDERS = List.of(
            RequestFilter.class,
            AdmissionFeature.class,
            ParameterConverters.class,
            BodyReader.class,
            AnswerFilter.class);

    private final List<Class<?>> resources;

    protected RestApplication(List<Class<?>> resources) {
        this.resources = List.copyOf(resources);
    }

    /** The resources whose methods are endpoints. */
    public List<Class<?>> resources() {
        return resources;
    }

    /** Resources that serve what is declared as data. */
    protected List<Class<?>> dispatchers() {
        return List.of();
    }

    @Override
    public Set<Class<?>> getClasses() {
        Set<Class<?>> classes = new HashSet<>(resources);
        classes.addAll(dispatchers());
        classes.addAll(PROVIDERS);
        classes.addAll(Refusal.all());
        return classes;
    }

    /** Settings of Jersey; RESTEasy ignores them. */
    @Override
    public Map<String, Object> getProperties() {
        return Map.of(
                // The implementation's own JSON provider and the platform's match equally well, and the selection would
                // differ from start to start.
                "jersey.config.jsonFeature",
                "none",
                "jersey.config.server.wadl.disableWadl",
                true,
                // Otherwise a status without a body leads to the container's error page.
                "jersey.config.server.response.setStatusOverSendError",
                true);
    }
}
