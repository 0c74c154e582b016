package io.thespace.application;

import io.thespace.dashboard.rest.FrontendResource;
import io.thespace.gateway.rest.GatewayRoutesResource;
import io.thespace.gateway.rest.ModelsResource;
import io.thespace.hub.rest.AsyncApiResource;
import io.thespace.hub.rest.ChannelsResource;
import io.thespace.identity.rest.AuthResource;
import io.thespace.invitation.rest.InvitationsResource;
import io.thespace.jaxrs.RestApplication;
import io.thespace.membership.rest.MembershipBackendResource;
import io.thespace.membership.rest.MembershipResource;
import io.thespace.openapi.DocsResource;
import jakarta.ws.rs.ApplicationPath;
import java.util.List;

/** The platform's own API and that of its plugins. */
@ApplicationPath("api")
public class ApiApplication extends RestApplication {

    static final List<Class<?>> RESOURCES = List.of(
            AsyncApiResource.class,
            AuthResource.class,
            ChannelsResource.class,
            DocsResource.class,
            FrontendResource.class,
            GatewayRoutesResource.class,
            InvitationsResource.class,
            MembershipBackendResource.class,
            MembershipResource.class,
            ModelsResource.class);

    public ApiApplication() {
        super(RESOURCES);
    }

    @Override
    protected List<Class<?>> dispatchers() {
        return List.of(PluginCalls.class);
    }
}
