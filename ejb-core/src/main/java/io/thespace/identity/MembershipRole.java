package io.thespace.identity;

import static io.thespace.plugin.api.Permission.AGENT_READ;
import static io.thespace.plugin.api.Permission.ANALYTICS_READ;
import static io.thespace.plugin.api.Permission.BILLING_MANAGE;
import static io.thespace.plugin.api.Permission.DIRECTIVE_READ;
import static io.thespace.plugin.api.Permission.DIRECTIVE_WRITE;
import static io.thespace.plugin.api.Permission.MEMORY_DELETE;
import static io.thespace.plugin.api.Permission.MEMORY_READ;
import static io.thespace.plugin.api.Permission.MEMORY_WRITE;
import static io.thespace.plugin.api.Permission.ORGANIZATION_CREATE;
import static io.thespace.plugin.api.Permission.ORGANIZATION_DELETE;
import static io.thespace.plugin.api.Permission.ORGANIZATION_READ;
import static io.thespace.plugin.api.Permission.ORGANIZATION_SUSPEND;
import static io.thespace.plugin.api.Permission.SESSION_CREATE;
import static io.thespace.plugin.api.Permission.SESSION_READ;
import static io.thespace.plugin.api.Permission.SESSION_TERMINATE;
import static io.thespace.plugin.api.Permission.TOKEN_CREATE;
import static io.thespace.plugin.api.Permission.TOKEN_READ;
import static io.thespace.plugin.api.Permission.TOKEN_REVOKE;
import static io.thespace.plugin.api.Permission.TRACE_READ;
import static io.thespace.plugin.api.Permission.USER_READ;

import io.thespace.plugin.api.Permission;
import io.thespace.plugin.api.Role;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * The role of a member in an organization, which determines their permissions on the management API: the only mapping
 * of roles to permissions.
 */
public enum MembershipRole {
    OWNER(EnumSet.complementOf(EnumSet.of(ORGANIZATION_CREATE, ORGANIZATION_SUSPEND))),
    ADMIN(EnumSet.complementOf(
            EnumSet.of(ORGANIZATION_CREATE, ORGANIZATION_SUSPEND, ORGANIZATION_DELETE, BILLING_MANAGE))),
    MEMBER(EnumSet.of(
            MEMORY_READ,
            MEMORY_WRITE,
            MEMORY_DELETE,
            DIRECTIVE_READ,
            DIRECTIVE_WRITE,
            SESSION_CREATE,
            SESSION_READ,
            SESSION_TERMINATE,
            TRACE_READ,
            USER_READ,
            ORGANIZATION_READ,
            TOKEN_READ,
            TOKEN_CREATE,
            TOKEN_REVOKE,
            AGENT_READ,
            ANALYTICS_READ)),
    VIEWER(EnumSet.of(
            MEMORY_READ,
            DIRECTIVE_READ,
            SESSION_READ,
            TRACE_READ,
            USER_READ,
            ORGANIZATION_READ,
            TOKEN_READ,
            AGENT_READ,
            ANALYTICS_READ)),
    GUEST(EnumSet.noneOf(Permission.class));

    private final long permissions;

    MembershipRole(Set<Permission> permissions) {
        this.permissions = Permission.bitmap(permissions);
    }

    /** Returns the permissions of a member with this role. */
    public Set<Permission> permissions() {
        return Permission.of(permissions);
    }

    /**
     * Returns the permissions of a member; a platform administrator has all.
     *
     * @param text the role as stored in the database
     */
    public static Set<Permission> permissions(String text, boolean platformAdmin) {
        return platformAdmin ? EnumSet.allOf(Permission.class) : of(text).permissions();
    }

    /** From its form in the database, for example {@code owner}. */
    public static MembershipRole of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /** Its form in the database. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the member's role on the platform. Only a platform administrator has {@link Role#ADMIN}, in any
     * organization. Only a platform administrator has {@link Role#ADMIN}, wherever a member.
     */
    public Role role(boolean platformAdmin) {
        if (platformAdmin) {
            return Role.ADMIN;
        }
        return switch (this) {
            case OWNER, ADMIN, MEMBER -> Role.USER;
            case VIEWER, GUEST -> Role.GUEST;
        };
    }

    /** Returns the membership role for a platform role given by an external issuer. */
    static MembershipRole of(Role role) {
        return switch (role) {
            case ADMIN, USER -> MEMBER;
            case GUEST -> GUEST;
        };
    }
}
