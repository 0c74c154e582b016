package io.thespace.identity.access;

import io.thespace.plugin.api.Actor;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Finds the open connections of a node whose callers are to be re-authenticated. Thread-safe.
 *
 * @param <C> a connection
 */
public final class Reauthentication<C> {

    private final Supplier<? extends Collection<C>> connections;
    private final Function<C, Actor> caller;
    private final Consumer<C> check;
    private final Predicate<Runnable> queue;
    private final Set<UUID> queued = ConcurrentHashMap.newKeySet();

    /**
     * Re-authentication of connections.
     *
     * @param connections returns those of this node
     * @param caller returns the caller of a connection, as authenticated before
     * @param check re-authenticates the caller of a connection, bypassing cached results
     * @param queue runs a task on another thread; returns false when it drops the task
     */
    public Reauthentication(
            Supplier<? extends Collection<C>> connections,
            Function<C, Actor> caller,
            Consumer<C> check,
            Predicate<Runnable> queue) {
        this.connections = connections;
        this.caller = caller;
        this.check = check;
        this.queue = queue;
    }

    /**
     * Access in an organization was reduced: checks all its connections, on another thread. Notifications that arrive
     * before the check begins are coalesced.
     */
    public void accessReduced(UUID orgId) {
        if (!connections.get().isEmpty() && queued.add(orgId) && !queue.test(() -> checkOrganization(orgId))) {
            queued.remove(orgId);
        }
    }

    private void checkOrganization(UUID orgId) {
        // Before the checks: a change that occurs after them is checked once more.
        queued.remove(orgId);
        check(actor -> orgId.equals(actor.orgId()));
    }

    /** A sign-in has ended: checks its connections, on this thread. */
    public void signInEnded(UUID signInId) {
        check(actor -> signInId.equals(actor.signInId()));
    }

    /** Checks all connections, on this thread. */
    public void all() {
        check(actor -> true);
    }

    private void check(Predicate<Actor> concerned) {
        for (C connection : connections.get()) {
            if (concerned.test(caller.apply(connection))) {
                check.accept(connection);
            }
        }
    }
}
