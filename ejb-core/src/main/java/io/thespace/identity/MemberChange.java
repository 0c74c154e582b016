package io.thespace.identity;

/**
 * A change of a user of an organization; null members are unchanged.
 *
 * @param status in this organization
 */
public record MemberChange(MembershipRole role, Status status) {

    /** For the documentation. */
    public static final MemberChange EXAMPLE = new MemberChange(MembershipRole.VIEWER, Status.ACTIVE);

    /** The status of a user in an organization. */
    public enum Status {
        ACTIVE,
        SUSPENDED
    }
}
