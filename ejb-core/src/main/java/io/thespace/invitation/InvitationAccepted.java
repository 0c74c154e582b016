package io.thespace.invitation;

import java.util.UUID;

/** Somebody came into the organization by an invitation. */
record InvitationAccepted(UUID invitationId, UUID userId, String role) {

    static final String TYPE = "invitation_accepted";
}
