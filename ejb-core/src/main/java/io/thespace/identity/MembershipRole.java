package io.thespace.identity;

import io.thespace.plugin.api.Role;
import java.util.Locale;

/** What a member is to an organization. */
enum MembershipRole {
    OWNER,
    ADMIN,
    MEMBER,
    VIEWER,
    GUEST;

    /** From its form in the database, for example {@code owner}. */
    static MembershipRole of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /** Its form in the database. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a member may do on the platform. Only a platform administrator has {@link Role#ADMIN}, wherever a member. */
    Role role(boolean platformAdmin) {
        if (platformAdmin) {
            return Role.ADMIN;
        }
        return switch (this) {
            case OWNER, ADMIN, MEMBER -> Role.USER;
            case VIEWER, GUEST -> Role.GUEST;
        };
    }

    /** The membership of somebody whom an external issuer gave a role on the platform. */
    static MembershipRole of(Role role) {
        return switch (role) {
            case ADMIN, USER -> MEMBER;
            case GUEST -> GUEST;
        };
    }
}
