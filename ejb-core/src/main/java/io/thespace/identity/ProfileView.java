package io.thespace.identity;

import io.thespace.plugin.api.Role;
import java.util.List;
import java.util.UUID;

/**
 * The caller, as the platform knows them.
 *
 * @param email null for a user whose external issuer tells none
 * @param orgId the organization that this sign-in is for
 * @param roles what the caller may do on the platform: {@code admin}, {@code user} or {@code guest}
 */
public record ProfileView(UUID userId, String email, String name, UUID orgId, List<String> roles, LimitsView limits) {

    /** How much a caller may ask for on the gateway. */
    public record LimitsView(int requestsPerMinute) {

        /** The limit of a role, over all nodes. */
        public static LimitsView of(Role role) {
            return new LimitsView(
                    switch (role) {
                        case ADMIN -> 1000;
                        case USER -> 100;
                        case GUEST -> 20;
                    });
        }
    }
}
