package io.thespace.identity.access;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.thespace.identity.AccessStatusView;
import io.thespace.identity.IdentityError;
import io.thespace.identity.Memberships;
import io.thespace.log.Log;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import io.thespace.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** Access status of members and their sign-ins, cached for less than a second. */
@ApplicationScoped
public class AccessStatuses {

    private static final Log LOG = Log.of(AccessStatuses.class);
    /** Measured from before the query, so that a concurrent change is seen in time, too. */
    private static final Duration AGE = Duration.ofMillis(900);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    @Inject
    Memberships memberships;

    private final AtomicBoolean away = new AtomicBoolean();
    private final AsyncCache<Bearer, Seen> seen = Caffeine.newBuilder()
            .maximumSize(50_000)
            .expireAfter(Expiry.<Bearer, Seen>creating((bearer, answer) -> answer.left()))
            .buildAsync();

    private record Seen(Optional<AccessStatusView> accessStatus, long askedAt) {

        Duration left() {
            Duration left = AGE.minusNanos(System.nanoTime() - askedAt);
            return left.isNegative() ? Duration.ZERO : left;
        }
    }

    /**
     * The access status of a token's bearer.
     *
     * @return empty when the bearer is no member
     * @throws Rejection {@code IDENTITY_UNAVAILABLE} when that cannot be found out
     */
    public Optional<AccessStatusView> of(Actor caller, Bearer bearer) {
        try {
            Optional<AccessStatusView> accessStatus = seen(caller, bearer).accessStatus();
            if (away.get() && away.compareAndSet(true, false)) {
                LOG.info("Access status of callers is read again");
            }
            return accessStatus;
        } catch (RuntimeException e) {
            if (away.compareAndSet(false, true)) {
                LOG.error("Access status of callers could not be read; requests are rejected", e);
            }
            throw Rejection.later(
                    IdentityError.IDENTITY_UNAVAILABLE,
                    "Credentials cannot be checked now. Try again in a moment.",
                    RETRY_AFTER);
        }
    }

    /** Invalidates the cache of this node. */
    public void forget(Bearer bearer) {
        seen.synchronous().invalidate(bearer);
    }

    /** Invalidates the entries of an organization on this node. */
    void outdated(@Observes AccessStatusInvalidated event) {
        // Also the questions under way: they were asked before the change.
        seen.asMap().keySet().removeIf(bearer -> bearer.orgId().equals(event.orgId()));
    }

    /** Of several callers at once the first asks; no lock of the cache is held meanwhile. */
    private Seen seen(Actor caller, Bearer bearer) {
        CompletableFuture<Seen> mine = new CompletableFuture<>();
        CompletableFuture<Seen> others = seen.asMap().putIfAbsent(bearer, mine);
        if (others != null) {
            return others.join();
        }
        try {
            Seen answer = ask(caller, bearer);
            mine.complete(answer);
            return answer;
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        }
    }

    @SuppressWarnings("try") // the tenant is bound as long as it is open
    private Seen ask(Actor caller, Bearer bearer) {
        long askedAt = System.nanoTime();
        try (Tenant tenant = Tenant.bind(bearer.orgId())) {
            return new Seen(
                    memberships.accessStatus(caller, bearer.orgId(), bearer.userId(), bearer.signInId()), askedAt);
        }
    }
}
