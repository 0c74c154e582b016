package io.thespace.identity;

/**
 * What is to change about a user of an organization; what is null stays.
 *
 * @param status in this organization
 */
public record MemberChange(MembershipRole role, Status status) {

    /** For the documentation. */
    public static final MemberChange EXAMPLE = new MemberChange(MembershipRole.VIEWER, Status.ACTIVE);

    /** Whether a user may act for the organization. */
    public enum Status {
        ACTIVE,
        SUSPENDED
    }
}
