package io.thespace.hub;

import io.thespace.identity.OrganizationCreated;
import io.thespace.identity.plugin.SandboxOpened;
import io.thespace.plugin.api.Actor;
import io.thespace.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** The channels that an organization has from the start. */
@ApplicationScoped
class InitialChannels {

    private static final ChannelOrder GENERAL = new ChannelOrder("general", "General", Visibility.PUBLIC);

    private static final ChannelOrder LOBBY = new ChannelOrder("lobby", "Lobby", Visibility.PUBLIC);

    @Inject
    Channels channels;

    /** Creates {@code general} in the transaction that creates the organization. */
    void created(@Observes OrganizationCreated organization) {
        channels.createInitial(Actor.platform(organization.orgId(), "organization"), GENERAL);
    }

    /** Creates the channels of the sandbox, whose synthetic users cannot create any. */
    @SuppressWarnings("try") // the tenant is bound as long as it is open
    void opened(@Observes SandboxOpened sandbox) {
        Actor platform = Actor.platform(sandbox.orgId(), "sandbox");
        try (Tenant tenant = Tenant.bind(sandbox.orgId())) {
            channels.ensure(platform, GENERAL);
            channels.ensure(platform, LOBBY);
        }
    }
}
