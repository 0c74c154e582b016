package io.thespace.identity;

import io.thespace.configuration.Rate;
import io.thespace.plugin.api.Permission;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The profile of the caller.
 *
 * @param email null when the external issuer sends none
 * @param orgId the organization of this sign-in
 * @param roles the caller's roles on the platform: {@code admin}, {@code user} or {@code guest}
 * @param permissions the caller's permissions on the management API, for example {@code memory_read}
 */
public record ProfileView(
        UUID userId,
        String email,
        String name,
        UUID orgId,
        List<String> roles,
        List<String> permissions,
        LimitsView limits) {

    /** For the documentation. */
    public static final ProfileView EXAMPLE = new ProfileView(
            UUID.fromString("0192bda5-0000-7000-8000-000000000002"),
            "admin@localhost",
            "Administrator",
            UUID.fromString("0192bda5-0000-7000-8000-000000000001"),
            List.of("admin"),
            permissions(Set.of(Permission.MEMORY_READ, Permission.MEMORY_WRITE)),
            new LimitsView(1000, Map.of("gateway", new Rate(1000, 60))));

    /** Permissions as clients write them, in their order of declaration. */
    static List<String> permissions(Set<Permission> permissions) {
        return new TreeSet<>(permissions).stream().map(Permission::text).toList();
    }

    /**
     * The rate limits of the caller.
     *
     * @param requestsPerMinute through the gateway; null for no limit
     * @param classes by class of endpoints, for example {@code write}; a missing class is not limited
     */
    public record LimitsView(Integer requestsPerMinute, Map<String, Rate> classes) {

        static LimitsView of(Map<String, Rate> rates) {
            Rate gateway = rates.get("gateway");
            return new LimitsView(
                    gateway == null ? null : (int) Math.max(1, gateway.calls() * 60L / gateway.seconds()), rates);
        }
    }
}
