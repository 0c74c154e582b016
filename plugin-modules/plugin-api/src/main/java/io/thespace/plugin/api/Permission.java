package io.thespace.plugin.api;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * A permission on the management API. A set of permissions is encoded as a bitmap of 64 bits; a constant's bit never changes
 * and is never reused.
 */
public enum Permission {
    MEMORY_READ(0, "Read and search memories."),
    MEMORY_WRITE(1, "Add and change memories."),
    MEMORY_DELETE(2, "Delete memories."),
    MEMORY_BULK_EXPORT(3, "Take many memories out at once."),
    DIRECTIVE_READ(4, "Read directives and what they resolve to."),
    DIRECTIVE_WRITE(5, "Draft directives."),
    DIRECTIVE_PROMOTE(6, "Put directives in force."),
    DIRECTIVE_REVOKE(7, "Take directives out of force."),
    SESSION_CREATE(8, "Open sessions and write messages to them."),
    SESSION_READ(9, "Read sessions and their messages."),
    SESSION_TERMINATE(10, "End sessions."),
    TRACE_READ(11, "Read what agents did."),
    TRACE_EXPORT(12, "Take out what agents did."),
    USER_READ(13, "See the organization's users."),
    USER_MANAGE(14, "Add, change and remove the organization's users; see everybody's tokens."),
    BILLING_READ(15, "See what is spent."),
    BILLING_MANAGE(16, "Change what may be spent."),
    ORGANIZATION_READ(17, "See the organization and its limits."),
    ORGANIZATION_SETTINGS(18, "Change the organization and its limits."),
    ORGANIZATION_DELETE(19, "Delete the organization."),
    ORGANIZATION_SUSPEND(20, "Suspend and reactivate any organization: for platform administrators."),
    TOKEN_READ(21, "See tokens."),
    TOKEN_CREATE(22, "Create tokens that may do no more than oneself."),
    TOKEN_REVOKE(23, "Revoke tokens."),
    AGENT_READ(24, "See the organization's agents."),
    AGENT_MANAGE(25, "Add and change agents and their state."),
    AUDIT_READ(26, "Read the audit trail."),
    ANALYTICS_READ(27, "Read usage, latency and errors over time."),
    DATA_REQUEST_MANAGE(28, "Answer people's requests about their data."),
    LEGAL_HOLD_MANAGE(29, "Place and clear legal holds."),
    ORGANIZATION_CREATE(30, "Create and list organizations: for platform administrators.");

    private final int bit;
    private final String meaning;

    Permission(int bit, String meaning) {
        this.bit = bit;
        this.meaning = meaning;
    }

    /** Its place in a bitmap, 0 to 62. */
    public int bit() {
        return bit;
    }

    /** As a sentence for people. */
    public String meaning() {
        return meaning;
    }

    /** As clients write it, for example {@code memory_read}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A set as a bitmap. */
    public static long bitmap(Collection<Permission> permissions) {
        long bitmap = 0;
        for (Permission permission : permissions) {
            bitmap |= 1L << permission.bit;
        }
        return bitmap;
    }

    /** The set that a bitmap stands for; unknown bits are left out. */
    public static Set<Permission> of(long bitmap) {
        EnumSet<Permission> permissions = EnumSet.noneOf(Permission.class);
        for (Permission permission : values()) {
            if ((bitmap & (1L << permission.bit)) != 0) {
                permissions.add(permission);
            }
        }
        return permissions;
    }
}
