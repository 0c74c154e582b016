package io.thespace.plugin.api;

/** A caller's role on the platform, in ascending order: each role includes the permissions of the ones before it. */
public enum Role {
    GUEST,
    USER,
    /** Platform administrator. */
    ADMIN;

    /** Whether this role includes {@code needed}. */
    public boolean covers(Role needed) {
        return compareTo(needed) >= 0;
    }

    /** As it stands in a JWT's {@code groups}, for example {@code admin}. */
    public String group() {
        return switch (this) {
            case GUEST -> "guest";
            case USER -> "user";
            case ADMIN -> "admin";
        };
    }
}
