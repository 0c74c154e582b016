package io.thespace.invitation;

import io.thespace.event.EventPublisher;
import io.thespace.event.PublishedType;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The events of invitations. */
@ApplicationScoped
class InvitationEventTypes implements EventPublisher {

    static final String SOURCE = "/invitations";

    @Override
    public List<PublishedType> types() {
        return List.of(new PublishedType(SOURCE, UserInvited.TYPE), new PublishedType(SOURCE, InvitationAccepted.TYPE));
    }
}
