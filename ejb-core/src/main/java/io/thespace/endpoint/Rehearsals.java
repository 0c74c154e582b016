package io.thespace.endpoint;

import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Method;
import io.thespace.plugin.api.Role;
import jakarta.annotation.Resource;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;

/** Calls endpoints for the sake of the call: whatever they write is rolled back. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class Rehearsals {

    /** An organization and a user that there never are: ids are made with a version, and these have none. */
    static final UUID ORGANIZATION = new UUID(0, 0x70726f6265L);

    static final UUID USER = new UUID(0, 0x70726f6266L);

    @Resource
    private SessionContext context;

    /**
     * Whether the endpoint may be rehearsed: it only reads, or it declares that all its effects are in the database.
     */
    static boolean allows(Endpoint<?> endpoint) {
        return endpoint.handler() != null && (endpoint.method() == Method.GET || endpoint.rehearsed());
    }

    /** A synthetic actor with just the role that the endpoint requires, in an empty organization. */
    static Actor actor(Endpoint<?> endpoint, String requestId) {
        Role least = endpoint.role();
        if (least == null) {
            return Actor.anonymous(requestId, null, null);
        }
        Actor somebody = new Actor(ORGANIZATION, USER, least, null, requestId, null, null, true);
        return endpoint.permission() == null ? somebody : somebody.with(Set.of(endpoint.permission()));
    }

    /** Whether this actor only rehearses: what it writes is rolled back, in an organization that does not exist. */
    public static boolean by(Actor actor) {
        return ORGANIZATION.equals(actor.orgId());
    }

    /** Does work in a transaction that is always rolled back. */
    public <T> T rolledBack(Callable<T> work) throws Exception {
        try {
            return work.call();
        } finally {
            // Only now: no server gives a connection to a transaction that is to be rolled back.
            context.setRollbackOnly();
        }
    }
}
