package io.thespace.invitation;

import io.thespace.identity.MembershipRole;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * Request to create an invitation.
 *
 * @param name its name
 * @param role the role of people who accept it
 * @param mostUses the maximum of people who may accept it, up to 10,000; null for one
 * @param validHours its validity, up to a year; null for a week
 */
public record InvitationOrder(
        @NotBlank @Size(max = 200) String name,
        @NotNull MembershipRole role,
        @Min(1) @Max(10_000) Integer mostUses,
        @Min(1) @Max(8_784) Integer validHours) {

    /** For the documentation. */
    public static final InvitationOrder EXAMPLE = new InvitationOrder("New colleagues", MembershipRole.MEMBER, 5, 168);

    private static final int WEEK = 168;

    int uses() {
        return mostUses == null ? 1 : mostUses;
    }

    int hours() {
        return validHours == null ? WEEK : validHours;
    }
}
