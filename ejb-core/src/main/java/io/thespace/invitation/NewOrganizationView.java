package io.thespace.invitation;

import io.thespace.identity.OrganizationView;

/**
 * An organization that was just created.
 *
 * @param invitation of its first owner
 * @param pin of the invitation: eight digits, shown only once
 */
public record NewOrganizationView(OrganizationView organization, InvitationView invitation, String pin) {

    /** For the documentation. */
    public static final NewOrganizationView EXAMPLE =
            new NewOrganizationView(OrganizationView.EXAMPLE, InvitationView.EXAMPLE, "40718625");

    @Override
    public String toString() {
        return "NewOrganizationView[" + organization.id() + "]";
    }
}
