package io.thespace.application;

import io.thespace.agent.management.AgentsResource;
import io.thespace.analytics.management.AnalyticsResource;
import io.thespace.audit.management.AuditEventsResource;
import io.thespace.directive.management.AgentDirectivesResource;
import io.thespace.directive.management.DirectivesResource;
import io.thespace.identity.management.OrganizationsResource;
import io.thespace.identity.management.UsersResource;
import io.thespace.jaxrs.RestApplication;
import io.thespace.memory.management.MemoriesResource;
import io.thespace.monitoring.management.ManagementHealthResource;
import io.thespace.monitoring.management.ManagementReadinessResource;
import io.thespace.openapi.ManagementDocsResource;
import io.thespace.privacy.management.DataRequestsResource;
import io.thespace.privacy.management.LegalHoldsResource;
import io.thespace.session.management.SessionsResource;
import io.thespace.token.management.TokensResource;
import jakarta.ws.rs.ApplicationPath;
import java.util.List;

/** The API for operators and their programs. */
@ApplicationPath("management")
public class ManagementApplication extends RestApplication {

    static final List<Class<?>> RESOURCES = List.of(
            AgentDirectivesResource.class,
            AgentsResource.class,
            AnalyticsResource.class,
            AuditEventsResource.class,
            DataRequestsResource.class,
            DirectivesResource.class,
            LegalHoldsResource.class,
            ManagementDocsResource.class,
            ManagementHealthResource.class,
            ManagementReadinessResource.class,
            MemoriesResource.class,
            OrganizationsResource.class,
            SessionsResource.class,
            TokensResource.class,
            UsersResource.class);

    public ManagementApplication() {
        super(RESOURCES);
    }
}
