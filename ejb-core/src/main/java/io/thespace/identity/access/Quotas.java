package io.thespace.identity.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.thespace.configuration.Rate;
import io.thespace.identity.Organizations;
import io.thespace.identity.RateLimits;
import io.thespace.limit.Counted;
import io.thespace.limit.OrganizationQuotas;
import io.thespace.log.Log;
import io.thespace.plugin.api.Actor;
import io.thespace.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The limits of organizations, cached for a second. When they are outdated, one call refreshes them and others do not
 * wait for it; after a change on this node each call does. While the database is unavailable cached limits apply; an
 * organization without cached ones is not limited.
 */
@ApplicationScoped
class Quotas implements OrganizationQuotas {

    private static final Log LOG = Log.of(Quotas.class);
    private static final long AGE = Duration.ofMillis(900).toNanos();
    private static final int MINUTE = 60;
    private static final int DAY = 86_400;

    private final Organizations organizations;
    private final LongSupplier clock;
    private final AtomicBoolean away = new AtomicBoolean();
    /** Grows with each change of an organization. */
    private final AtomicLong changes = new AtomicLong();

    private final Cache<UUID, Known> known = Caffeine.newBuilder()
            .maximumSize(50_000)
            .expireAfterAccess(Duration.ofHours(1))
            .build();

    private record Known(List<Counted> calls, Optional<Counted> modelTokens, AtomicLong due, AtomicBoolean outdated) {

        /** Whether this caller has to refresh the value. */
        boolean ask(long now) {
            long then = due.get();
            return now - then >= 0 && due.compareAndSet(then, now + AGE);
        }
    }

    Quotas() {
        this(null, System::nanoTime);
    }

    @Inject
    Quotas(Organizations organizations) {
        this(organizations, System::nanoTime);
    }

    /** @param clock nanoseconds */
    Quotas(Organizations organizations, LongSupplier clock) {
        this.organizations = organizations;
        this.clock = clock;
    }

    @Override
    public List<Counted> calls(UUID orgId) {
        return known(orgId).calls();
    }

    @Override
    public Optional<Counted> modelTokens(UUID orgId) {
        return known(orgId).modelTokens();
    }

    /** Makes the next call on this node refresh the value. */
    void outdated(@Observes AccessStatusInvalidated event) {
        changes.incrementAndGet();
        Known before = known.getIfPresent(event.orgId());
        if (before != null) {
            before.outdated().set(true);
        }
    }

    private Known known(UUID orgId) {
        Known before = known.getIfPresent(orgId);
        long askedAt = clock.getAsLong();
        long changesBefore = changes.get();
        if (before != null && !before.outdated().get() && !before.ask(askedAt)) {
            return before;
        }
        Known now;
        try {
            now = known(orgId, ask(orgId), askedAt);
            if (away.compareAndSet(true, false)) {
                LOG.info("Limits of organizations are read again");
            }
        } catch (RuntimeException e) {
            if (away.compareAndSet(false, true)) {
                LOG.warning("Limits of organizations could not be read; the last known ones apply", "cause", e);
            }
            if (before != null) {
                before.due().set(askedAt + AGE);
                before.outdated().set(false);
                return before;
            }
            now = known(orgId, new RateLimits(null, null, null), askedAt);
        }
        known.put(orgId, now);
        if (changes.get() != changesBefore) {
            // The query may have begun before the change.
            now.outdated().set(true);
        }
        return now;
    }

    @SuppressWarnings("try") // the tenant is bound as long as it is open
    private RateLimits ask(UUID orgId) {
        try (Tenant tenant = Tenant.bind(orgId)) {
            return organizations.quota(Actor.platform(orgId, "organization-limits"));
        }
    }

    /** Counted from before the question, so that what is changed meanwhile is seen in time, too. */
    private static Known known(UUID orgId, RateLimits limits, long askedAt) {
        List<Counted> calls = new ArrayList<>(2);
        if (limits.requestsPerMinute() != null) {
            calls.add(counted("minute", new Rate(limits.requestsPerMinute(), MINUTE), orgId));
        }
        if (limits.requestsPerDay() != null) {
            calls.add(counted("day", new Rate(limits.requestsPerDay(), DAY), orgId));
        }
        return new Known(
                List.copyOf(calls),
                Optional.ofNullable(limits.modelTokensPerDay())
                        .map(tokens -> counted("model-tokens", new Rate(tokens, DAY), orgId)),
                new AtomicLong(askedAt + AGE),
                new AtomicBoolean());
    }

    private static Counted counted(String what, Rate rate, UUID orgId) {
        return Counted.byOrganization("organization-" + what, what, rate, orgId);
    }
}
