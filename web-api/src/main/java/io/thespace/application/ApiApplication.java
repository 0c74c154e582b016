package io.thespace.application;

import io.thespace.audit.rest.AuditResource;
import io.thespace.catalog.rest.CatalogResource;
import io.thespace.endpoint.rest.EndpointStatusResource;
import io.thespace.event.rest.EventsResource;
import io.thespace.identity.rest.AuthResource;
import io.thespace.jaxrs.RestApplication;
import io.thespace.monitoring.rest.LivenessResource;
import io.thespace.monitoring.rest.MetricsResource;
import io.thespace.monitoring.rest.MonitoringResource;
import io.thespace.monitoring.rest.ReadinessResource;
import io.thespace.monitoring.rest.ServicesResource;
import io.thespace.plugin.rest.ControlCenterResource;
import io.thespace.plugin.rest.PluginsResource;
import io.thespace.request.rest.RequestsResource;
import io.thespace.ui.rest.UiFilesResource;
import io.thespace.ui.rest.UiRegistryResource;
import jakarta.ws.rs.ApplicationPath;
import java.util.List;

/** The platform's own API and that of its plugins. */
@ApplicationPath("api")
public class ApiApplication extends RestApplication {

    static final List<Class<?>> RESOURCES = List.of(
            AuditResource.class,
            AuthResource.class,
            CatalogResource.class,
            ControlCenterResource.class,
            EndpointStatusResource.class,
            EventsResource.class,
            LivenessResource.class,
            MetricsResource.class,
            MonitoringResource.class,
            PluginsResource.class,
            ReadinessResource.class,
            RequestsResource.class,
            ServicesResource.class,
            UiFilesResource.class,
            UiRegistryResource.class);

    public ApiApplication() {
        super(RESOURCES);
    }

    @Override
    protected List<Class<?>> dispatchers() {
        return List.of(PluginCalls.class, PluginDispatcher.class);
    }
}
