package io.thespace.analytics;

import io.thespace.identity.TestDatabase;
import io.thespace.plugin.api.Actor;
import jakarta.persistence.EntityManager;
import java.util.List;

/** Analytics for the tests of those who record. */
public final class AnalyticsAccess {

    private AnalyticsAccess() {}

    /** Outside of a container. */
    public static Analytics of(EntityManager em) {
        Analytics analytics = new Analytics();
        analytics.em = em;
        return analytics;
    }

    /** Returns the usage since yesterday. */
    public static List<UsageView> today(TestDatabase database, Actor actor) {
        return database.in(actor.orgId(), em -> of(em).usage(actor, new PeriodRequest(null, null, Bucket.HOUR), null));
    }
}
