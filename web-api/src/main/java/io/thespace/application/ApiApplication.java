package io.thespace.application;

import io.thespace.approval.rest.ApprovalRulesResource;
import io.thespace.audit.rest.AuditResource;
import io.thespace.catalog.rest.CatalogResource;
import io.thespace.dashboard.rest.FrontendResource;
import io.thespace.endpoint.rest.EndpointStatusResource;
import io.thespace.event.rest.EventFeedResource;
import io.thespace.event.rest.EventSubscribersResource;
import io.thespace.event.rest.EventTypesResource;
import io.thespace.event.rest.EventsResource;
import io.thespace.gateway.rest.GatewayRoutesResource;
import io.thespace.gateway.rest.ModelsResource;
import io.thespace.hub.rest.AsyncApiResource;
import io.thespace.hub.rest.ChannelsResource;
import io.thespace.identity.rest.AuthResource;
import io.thespace.invitation.rest.InvitationsResource;
import io.thespace.jaxrs.RestApplication;
import io.thespace.mcp.federation.rest.McpCredentialsResource;
import io.thespace.mcp.federation.rest.McpServersResource;
import io.thespace.mcp.rest.McpContextsResource;
import io.thespace.mcp.rest.McpModelsResource;
import io.thespace.mcp.rest.McpResource;
import io.thespace.membership.rest.MembershipBackendResource;
import io.thespace.membership.rest.MembershipResource;
import io.thespace.monitoring.rest.LivenessResource;
import io.thespace.monitoring.rest.MetricsResource;
import io.thespace.monitoring.rest.MonitoringResource;
import io.thespace.monitoring.rest.ReadinessResource;
import io.thespace.monitoring.rest.ServicesResource;
import io.thespace.openapi.DocsResource;
import io.thespace.plugin.rest.ControlCenterResource;
import io.thespace.plugin.rest.PluginsResource;
import io.thespace.request.rest.RequestsResource;
import io.thespace.schedule.rest.SchedulesResource;
import io.thespace.ui.rest.UiFilesResource;
import io.thespace.ui.rest.UiRegistryResource;
import io.thespace.webhook.rest.WebhooksResource;
import io.thespace.workflow.rest.RunsResource;
import io.thespace.workflow.rest.TasksResource;
import io.thespace.workflow.rest.WorkflowOverviewResource;
import io.thespace.workflow.rest.WorkflowsResource;
import jakarta.ws.rs.ApplicationPath;
import java.util.List;

/** The platform's own API and that of its plugins. */
@ApplicationPath("api")
public class ApiApplication extends RestApplication {

    static final List<Class<?>> RESOURCES = List.of(
            AsyncApiResource.class,
            AuditResource.class,
            AuthResource.class,
            CatalogResource.class,
            ChannelsResource.class,
            ControlCenterResource.class,
            DocsResource.class,
            EndpointStatusResource.class,
            EventFeedResource.class,
            EventSubscribersResource.class,
            EventTypesResource.class,
            EventsResource.class,
            FrontendResource.class,
            GatewayRoutesResource.class,
            InvitationsResource.class,
            LivenessResource.class,
            McpContextsResource.class,
            McpCredentialsResource.class,
            McpModelsResource.class,
            McpResource.class,
            McpServersResource.class,
            MembershipBackendResource.class,
            MembershipResource.class,
            MetricsResource.class,
            ModelsResource.class,
            MonitoringResource.class,
            PluginsResource.class,
            ReadinessResource.class,
            RequestsResource.class,
            RunsResource.class,
            SchedulesResource.class,
            ApprovalRulesResource.class,
            ServicesResource.class,
            TasksResource.class,
            UiFilesResource.class,
            UiRegistryResource.class,
            WebhooksResource.class,
            WorkflowOverviewResource.class,
            WorkflowsResource.class);

    public ApiApplication() {
        super(RESOURCES);
    }

    @Override
    protected List<Class<?>> dispatchers() {
        return List.of(PluginDispatcher.class);
    }
}
