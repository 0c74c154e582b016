package io.thespace.hub;

import io.thespace.identity.plugin.SandboxOpened;
import io.thespace.plugin.api.Actor;
import io.thespace.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** The channel of the sandbox for synthetic users, who cannot create one. */
@ApplicationScoped
class Lobby {

    private static final ChannelOrder CHANNEL = new ChannelOrder("lobby", "Lobby", Visibility.PUBLIC);

    @Inject
    Channels channels;

    @SuppressWarnings("try") // the tenant is bound as long as it is open
    void furnish(@Observes SandboxOpened sandbox) {
        try (Tenant tenant = Tenant.bind(sandbox.orgId())) {
            channels.ensure(Actor.platform(sandbox.orgId(), "sandbox"), CHANNEL);
        }
    }
}
