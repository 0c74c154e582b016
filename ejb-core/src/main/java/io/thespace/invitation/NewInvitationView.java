package io.thespace.invitation;

/**
 * An invitation that was just made.
 *
 * @param pin eight digits, told this once
 */
public record NewInvitationView(InvitationView invitation, String pin) {

    @Override
    public String toString() {
        return "NewInvitationView[" + invitation.invitationId() + "]";
    }
}
