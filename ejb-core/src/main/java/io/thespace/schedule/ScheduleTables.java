package io.thespace.schedule;

import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.PageRequest;
import io.thespace.transaction.Rows;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The rows of schedules. */
@ApplicationScoped
class ScheduleTables {

    private static final String COLUMNS =
            "select id, name, workflow_id, input::text, cron, at, zone, jitter_seconds, overlap, catch_up, enabled, next_at,"
                    + " owned_by, last_at, last_outcome, created_at, changed_at from core.schedules where org_id = ?";

    /** A schedule that is due, of any organization. */
    record Due(UUID orgId, UUID id) {}

    private Rows rows;

    ScheduleTables() {}

    @Inject
    ScheduleTables(Rows rows) {
        this.rows = rows;
    }

    long count(Actor actor) {
        return rows.first("select count(*) from core.schedules where org_id = ?", row -> row.getLong(1), actor.orgId())
                .orElseThrow();
    }

    /** By their ids, which are in the order of their making. */
    List<ScheduleView> list(Actor actor, Instant now, PageRequest page) {
        return rows.list(
                COLUMNS + " and id > ? order by id limit ?",
                row -> view(row, now),
                actor.orgId(),
                page.after().map(UUID::fromString).orElse(new UUID(0, 0)),
                page.limit() + 1);
    }

    Optional<ScheduleView> find(Actor actor, Instant now, UUID id) {
        return rows.first(COLUMNS + " and id = ?", row -> view(row, now), actor.orgId(), id);
    }

    /** Locks a schedule; false when there is none. */
    boolean lock(Actor actor, UUID id) {
        return rows.first(
                        "select true from core.schedules where org_id = ? and id = ? for update",
                        row -> true,
                        actor.orgId(),
                        id)
                .isPresent();
    }

    /** Locks a schedule if it is due and no other node works on it. */
    Optional<Schedule> lockDue(Actor actor, UUID id, Instant now) {
        return rows.first(
                COLUMNS + " and id = ? and enabled and due_at <= ? for update skip locked",
                ScheduleTables::schedule,
                actor.orgId(),
                id,
                now);
    }

    void add(Actor actor, Schedule schedule, Instant due, Instant now) {
        rows.update(
                "insert into core.schedules (org_id, id, name, workflow_id, input, cron, at, zone, jitter_seconds, overlap,"
                        + " catch_up, enabled, next_at, due_at, owned_by, created_at, changed_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                actor.orgId(),
                schedule.id(),
                schedule.name(),
                schedule.workflow(),
                new Rows.Jsonb(schedule.input()),
                schedule.cron(),
                schedule.at(),
                schedule.zone(),
                schedule.jitterSeconds(),
                schedule.overlap(),
                schedule.catchUp(),
                schedule.enabled(),
                schedule.nextAt(),
                due,
                schedule.owner(),
                now,
                now);
    }

    void change(Actor actor, Schedule schedule, Instant due, Instant now) {
        rows.update(
                "update core.schedules set name = ?, workflow_id = ?, input = ?, cron = ?, at = ?, zone = ?,"
                        + " jitter_seconds = ?, overlap = ?, catch_up = ?, enabled = ?, next_at = ?, due_at = ?,"
                        + " owned_by = ?, changed_at = ? where org_id = ? and id = ?",
                schedule.name(),
                schedule.workflow(),
                new Rows.Jsonb(schedule.input()),
                schedule.cron(),
                schedule.at(),
                schedule.zone(),
                schedule.jitterSeconds(),
                schedule.overlap(),
                schedule.catchUp(),
                schedule.enabled(),
                schedule.nextAt(),
                due,
                schedule.owner(),
                now,
                actor.orgId(),
                schedule.id());
    }

    boolean delete(Actor actor, UUID id) {
        return rows.update("delete from core.schedules where org_id = ? and id = ?", actor.orgId(), id) > 0;
    }

    /** Records the outcome of a time, and the next time; null for none. */
    void came(Actor actor, UUID id, Instant lastAt, String outcome, Instant next, Instant due) {
        rows.update(
                "update core.schedules set last_at = ?, last_outcome = ?, next_at = ?, due_at = ? where org_id = ?"
                        + " and id = ?",
                lastAt,
                outcome,
                next,
                due,
                actor.orgId(),
                id);
    }

    void postpone(Actor actor, UUID id, Instant due) {
        rows.update(
                "update core.schedules set due_at = ? where org_id = ? and id = ? and due_at is not null",
                due,
                actor.orgId(),
                id);
    }

    /** Schedules that are due, of all organizations; the longest due first. */
    List<Due> due(int limit) {
        return rows.list(
                "select org_id, id from core.due_schedules(?)",
                row -> new Due(row.getObject(1, UUID.class), row.getObject(2, UUID.class)),
                limit);
    }

    private static Schedule schedule(ResultSet row) throws SQLException {
        return new Schedule(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("workflow_id"),
                Rows.json(row, "input"),
                row.getString("cron"),
                Rows.instant(row, "at"),
                row.getString("zone"),
                row.getInt("jitter_seconds"),
                row.getString("overlap"),
                row.getString("catch_up"),
                row.getBoolean("enabled"),
                Rows.instant(row, "next_at"),
                row.getObject("owned_by", UUID.class));
    }

    private static ScheduleView view(ResultSet row, Instant now) throws SQLException {
        Schedule schedule = schedule(row);
        return new ScheduleView(
                schedule.id(),
                schedule.name(),
                schedule.workflow(),
                Rows.map(row, "input"),
                schedule.cron(),
                schedule.at(),
                schedule.zone(),
                schedule.jitterSeconds(),
                schedule.overlap(),
                schedule.catchUp(),
                schedule.enabled(),
                schedule.enabled() ? schedule.next(now, 10) : List.of(),
                Rows.instant(row, "last_at"),
                row.getString("last_outcome"),
                schedule.owner(),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "changed_at"));
    }
}
