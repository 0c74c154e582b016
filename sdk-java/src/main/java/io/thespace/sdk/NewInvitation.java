package io.thespace.sdk;

/**
 * An invitation that was just made.
 *
 * @param pin eight digits, shown only once
 */
public record NewInvitation(Invitation invitation, String pin) {

    @Override
    public String toString() {
        return "NewInvitation[" + invitation.invitationId() + "]";
    }
}
