package io.thespace.invitation;

import io.thespace.plugin.api.EventType;
import java.util.UUID;

/** Data of the event that a user was invited. */
record UserInvited(UUID invitationId, String role) {

    static final EventType TYPE = new EventType(
            "user_invited",
            "An invitation into the organization was created; the subject is the invitation. invitation_accepted follows when"
                    + " a person joins by it.",
            UserInvited.class);
}
