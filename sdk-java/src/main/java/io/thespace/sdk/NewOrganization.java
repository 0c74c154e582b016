package io.thespace.sdk;

/**
 * An organization that was just created.
 *
 * @param invitation of its first owner
 * @param pin of the invitation: eight digits, shown only once
 */
public record NewOrganization(Organization organization, Invitation invitation, String pin) {

    @Override
    public String toString() {
        return "NewOrganization[" + organization.id() + "]";
    }
}
