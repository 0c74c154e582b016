package io.thespace.invitation;

/**
 * An invitation that was just made.
 *
 * @param pin eight digits, shown only once
 */
public record NewInvitationView(InvitationView invitation, String pin) {

    /** For the documentation. */
    public static final NewInvitationView EXAMPLE = new NewInvitationView(InvitationView.EXAMPLE, "40718625");

    @Override
    public String toString() {
        return "NewInvitationView[" + invitation.invitationId() + "]";
    }
}
