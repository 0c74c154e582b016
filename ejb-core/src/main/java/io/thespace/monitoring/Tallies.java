package io.thespace.monitoring;

import io.thespace.plugin.api.Actor;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Counts in the database, each time in one query that is bounded in rows and in time. Events are found by their ids, which
 * begin with their time (UUIDv7), so the indexes that list them also serve here, and writing them costs no further one.
 */
@Stateless
public class Tallies {

    static final int MAX_KEYS = 50;

    private static final int MAX_ROWS = 1_000_000;
    private static final int LIMIT_MILLISECONDS = 5_000;

    /** The time by which an id may differ from the time of its event. */
    private static final Duration SLACK = Duration.ofMinutes(1);

    @PersistenceContext(unitName = "core")
    private EntityManager entities;

    private int most = MAX_ROWS;

    public Tallies() {}

    /** Outside of a container. */
    Tallies(EntityManager entities, int most) {
        this.entities = entities;
        this.most = most;
    }

    /**
     * Counts events of one type and source, or sums a number in their data.
     *
     * @param sum the member of the data to add up; null to count
     * @param by the member of the data to group by; null for one key
     */
    public Tally events(Actor actor, String source, String type, String sum, String by, Instant now) {
        String value = sum == null
                ? "1"
                : "case when jsonb_typeof(data -> :sum) = 'number' then cast(data ->> :sum as numeric) end";
        Query query = query(
                "select recorded_at as at, " + (by == null ? "''" : "left(data ->> :by, 200)") + " as key, " + value
                        + " as value from core.events where org_id = :org and type = :type and id >= cast(:floor as uuid)"
                        + " and source = :source and not synthetic order by id desc limit :most",
                "coalesce(sum(value)",
                actor,
                now);
        query.setParameter("type", type).setParameter("source", source).setParameter("floor", floor(now));
        if (sum != null) {
            query.setParameter("sum", sum);
        }
        if (by != null) {
            query.setParameter("by", by);
        }
        return tally(query);
    }

    /** Counts events of every type, by type. */
    public Tally eventsByType(Actor actor, Instant now) {
        return tally(query(
                        "select recorded_at as at, type as key, 1 as value from core.events where org_id = :org"
                                + " and id >= cast(:floor as uuid) and not synthetic order by id desc limit :most",
                        "coalesce(sum(value)",
                        actor,
                        now)
                .setParameter("floor", floor(now)));
    }

    /** Counts the users that caused events. */
    public Tally activeUsers(Actor actor, Instant now) {
        return tally(query(
                        "select recorded_at as at, '' as key, actor_id as value from core.events where org_id = :org"
                                + " and id >= cast(:floor as uuid) and not synthetic order by id desc limit :most",
                        "coalesce(count(distinct value)",
                        actor,
                        now)
                .setParameter("floor", floor(now)));
    }

    /** Counts sign-ins that began. */
    public Tally signIns(Actor actor, Instant now) {
        return tally(query(
                "select created_at as at, '' as key, 1 as value from core.sign_ins where org_id = :org"
                        + " and created_at >= :longest order by created_at desc limit :most",
                "coalesce(sum(value)",
                actor,
                now));
    }

    /** Counts the users that became members. */
    public Tally newMembers(Actor actor, Instant now) {
        return tally(query(
                "select created_at as at, '' as key, 1 as value from core.memberships where org_id = :org"
                        + " and created_at >= :longest order by created_at desc limit :most",
                "coalesce(sum(value)",
                actor,
                now));
    }

    /** Counts organizations that were founded, of the whole platform. */
    public Tally newOrganizations(Actor actor, Instant now) {
        return tally(query(
                "select founded as at, '' as key, 1 as value from core.organizations_founded(:longest, :most) as founded"
                        + " where cast(:org as uuid) is not null",
                "coalesce(sum(value)",
                actor,
                now));
    }

    /** @param rows the rows to count, each with a time, a key and a value */
    private Query query(String rows, String aggregate, Actor actor, Instant now) {
        StringBuilder sql = new StringBuilder("with counted as materialized (" + rows + ") select key");
        for (Window window : Window.values()) {
            sql.append(", %s filter (where at >= :%s), 0)".formatted(aggregate, parameter(window)));
        }
        sql.append(", (select count(*) from counted) from counted where at >= :longest"
                + " group by key order by count(*) desc, key limit :keys");
        Query query = entities.createNativeQuery(sql.toString())
                .setHint("jakarta.persistence.query.timeout", LIMIT_MILLISECONDS)
                .setParameter("org", actor.orgId())
                .setParameter("most", most + 1)
                .setParameter("keys", MAX_KEYS + 1)
                .setParameter("longest", Window.MONTH.before(now));
        for (Window window : Window.values()) {
            query.setParameter(parameter(window), window.before(now));
        }
        return query;
    }

    private static String parameter(Window window) {
        return "since_" + window.name();
    }

    private Tally tally(Query query) {
        List<?> found = query.getResultList();
        List<Tally.Row> rows = new ArrayList<>();
        boolean complete = found.size() <= MAX_KEYS;
        for (Object each : found.subList(0, Math.min(found.size(), MAX_KEYS))) {
            Object[] columns = (Object[]) each;
            Map<Window, BigDecimal> values = new EnumMap<>(Window.class);
            int column = 1;
            for (Window window : Window.values()) {
                values.put(window, new BigDecimal(columns[column++].toString()));
            }
            complete &= ((Number) columns[columns.length - 1]).longValue() <= most;
            rows.add(new Tally.Row(columns[0] == null ? "" : columns[0].toString(), values));
        }
        return new Tally(rows, complete);
    }

    /** The least id that an event of the longest window can have. */
    private static String floor(Instant now) {
        long millis = Window.MONTH.before(now).minus(SLACK).toEpochMilli();
        return new UUID(millis << 16, 0).toString();
    }
}
