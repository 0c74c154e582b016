package io.thespace.plugin.api;

/** What a caller may do on this platform; a later role may do all that an earlier one may. */
public enum Role {
    GUEST,
    USER,
    /** Platform administrator. */
    ADMIN;

    /** Whether a caller with this role may do what {@code needed} is the least role for. */
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
