package io.thespace.identity;

import io.thespace.plugin.api.Permission;
import io.thespace.plugin.api.Role;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/**
 * The access status of a member and a sign-in, as read from the database.
 *
 * @param followsIssuer whether the role follows the external issuer's tokens, because no administrator has set one
 * @param issuerAdminAt when a token of the external issuer last stated a platform administrator; null when the latest
 *     states less
 * @param synthetic whether this is no person but one who is simulated
 * @param email null for a user without one
 * @param revokedAt of the sign-in; null when it is not revoked
 * @param expiresAt of the sign-in; null when there is no such sign-in
 */
public record AccessStatusView(
        String userStatus,
        String organizationStatus,
        String membershipStatus,
        String membershipRole,
        boolean followsIssuer,
        Instant issuerAdminAt,
        boolean platformAdmin,
        boolean synthetic,
        String email,
        Instant revokedAt,
        Instant expiresAt) {

    /** Whether user, organization and membership are active. */
    public boolean active() {
        return User.ACTIVE.equals(userStatus)
                && Organization.ACTIVE.equals(organizationStatus)
                && Membership.ACTIVE.equals(membershipStatus);
    }

    /** What the member may do; a platform administrator everything. */
    public Set<Permission> permissions() {
        return MembershipRole.permissions(membershipRole, platformAdmin);
    }

    /** Whether the sign-in has neither ended nor expired. */
    public boolean signInLives(Instant now) {
        return expiresAt != null && revokedAt == null && now.isBefore(expiresAt);
    }

    /** What the member is on the platform. */
    public Role role() {
        return MembershipRole.of(membershipRole).role(platformAdmin);
    }

    /**
     * What an external issuer's user is on the platform: what their token says, and no more than a role that was given here. Who
     * administers the platform by their token does so wherever a member, as with {@link MembershipRole#role}.
     */
    public Role role(Role told) {
        return governs(told) ? told : role();
    }

    /** What an external issuer's user may do; see {@link #role(Role)}. */
    public Set<Permission> permissions(Role told) {
        if (told == Role.ADMIN) {
            return EnumSet.allOf(Permission.class);
        }
        return governs(told) ? MembershipRole.of(told).permissions() : permissions();
    }

    /** Whether the membership is not what an external issuer's token makes it. */
    public boolean lagsBehind(Role told) {
        return (followsIssuer && MembershipRole.of(membershipRole) != MembershipRole.of(told))
                || (told == Role.ADMIN && issuerAdminAt == null);
    }

    private boolean governs(Role told) {
        return followsIssuer || told == Role.ADMIN || told.compareTo(role()) < 0;
    }
}
