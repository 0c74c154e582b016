package io.thespace.invitation;

import io.thespace.plugin.api.EventType;
import java.util.UUID;

/** Data of the event that an invitation was accepted. */
record InvitationAccepted(UUID invitationId, UUID userId, String role) {

    static final EventType TYPE = new EventType(
            "invitation_accepted",
            "A person joined the organization by an invitation; the subject is the invitation.",
            InvitationAccepted.class);
}
