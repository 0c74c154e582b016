package io.thespace.tenant;

import java.util.Optional;
import java.util.UUID;

/**
 * The organization for which this thread works. It is bound where an actor enters the platform and never inside a use
 * case, so that a transaction has one tenant from its first statement to its last.
 */
public final class Tenant implements AutoCloseable {

    private static final ThreadLocal<UUID> CURRENT = new ThreadLocal<>();

    private final UUID before;

    private Tenant(UUID before) {
        this.before = before;
    }

    /**
     * Binds a tenant until the result is closed.
     *
     * @param orgId the tenant; null for none
     */
    public static Tenant bind(UUID orgId) {
        UUID before = CURRENT.get();
        set(orgId);
        return new Tenant(before);
    }

    public static Optional<UUID> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    @Override
    public void close() {
        set(before);
    }

    private static void set(UUID orgId) {
        if (orgId == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(orgId);
        }
    }
}
