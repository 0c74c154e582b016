package io.thespace.mcp.servlet.message;

import io.thespace.endpoint.EndpointError;
import io.thespace.mcp.change.ListenerReviews;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** The places of one wire's clients that wait for changes on this node. A user has a share of them, so that others get some. */
public final class ListenerPlaces {

    /** How long a client waits. After that it opens another stream, and its token is checked again. */
    public static final Duration LIFETIME = Duration.ofMinutes(10);

    private static final int MAX_LISTENERS = 1_000;
    private static final int MAX_LISTENERS_OF_USER = 20;

    private final Semaphore places = new Semaphore(MAX_LISTENERS);
    private final Map<UUID, Integer> ofUsers = new ConcurrentHashMap<>();

    /**
     * Takes a place for a call whose stream is cancelled when the caller's token is no longer valid or the caller's
     * rights have changed.
     *
     * @return gives the place back; to run it again does nothing
     * @throws Rejection {@code BUSY}
     */
    public Runnable take(McpCall call, ListenerReviews reviews) {
        Runnable place = take(call.actor());
        Runnable review = reviews.begin(
                call.actor(), call.token(), () -> call.cancellation().cancel());
        return () -> {
            review.run();
            place.run();
        };
    }

    /**
     * Takes a place.
     *
     * @return gives the place back; to run it again does nothing
     * @throws Rejection {@code BUSY}
     */
    Runnable take(Actor actor) {
        UUID user = actor.userId();
        if (ofUsers.merge(user, 1, Integer::sum) > MAX_LISTENERS_OF_USER) {
            release(user);
            throw busy("You have as many clients that wait for changes on this node as a user may have. Close some.");
        }
        if (!places.tryAcquire()) {
            release(user);
            throw busy("The node has as many clients that wait for changes as it may have. Try again.");
        }
        AtomicBoolean given = new AtomicBoolean();
        return () -> {
            if (given.compareAndSet(false, true)) {
                places.release();
                release(user);
            }
        };
    }

    private void release(UUID user) {
        ofUsers.computeIfPresent(user, (id, count) -> count == 1 ? null : count - 1);
    }

    private static Rejection busy(String message) {
        return Rejection.later(EndpointError.BUSY, message, Duration.ofSeconds(10));
    }
}
