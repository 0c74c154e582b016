package io.thespace.simulator;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Database;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The calendar of runs to start. */
final class CalendarEntries {

    static final int MAX_ENTRIES = 500;

    private static final int MAX_AT_ONCE = 50;

    /** Three units for each of the 500 events that a calendar may have. */
    private static final int MAX_IMPORT_EFFORT = 1_500;

    private static final String ALL = "select * from human_simulator.calendar where org_id = ?";
    private static final UUID LAST = new UUID(-1L, -1L);

    /** An entry that is due, of any organization. */
    private record Due(UUID entryId, UUID orgId) {}

    private final Database database;
    private final Scenarios scenarios;
    private final Runs runs;

    CalendarEntries(Database database, Scenarios scenarios, Runs runs) {
        this.database = database;
        this.scenarios = scenarios;
        this.runs = runs;
    }

    private static CalendarEntryView view(ResultSet row) throws SQLException {
        return new CalendarEntryView(
                row.getObject("id", UUID.class),
                row.getString("uid"),
                row.getString("name"),
                row.getString("scenario"),
                row.getInt("users"),
                row.getString("zone"),
                row.getObject("starts_at", LocalDateTime.class).toString(),
                row.getString("rule"),
                row.getBoolean("enabled"),
                Sql.instant(row, "next_at"),
                row.getObject("last_run", UUID.class),
                row.getString("problem"));
    }

    /** The newest first. */
    Page<CalendarEntryView> page(Actor actor, PageRequest page) throws SQLException {
        return database.transact(
                actor,
                connection -> Page.of(
                        Sql.list(
                                connection,
                                CalendarEntries::view,
                                ALL + " and id < ? order by id desc limit ?",
                                actor.orgId(),
                                page.after().map(UUID::fromString).orElse(LAST),
                                page.limit() + 1),
                        page.limit(),
                        entry -> entry.entryId().toString()));
    }

    /** The whole calendar as iCalendar; at most {@link #MAX_ENTRIES} entries. */
    String iCalendar(Actor actor) throws SQLException {
        List<CalendarEntryView> entries = database.transact(
                actor,
                connection -> Sql.list(
                        connection, CalendarEntries::view, ALL + " order by id limit ?", actor.orgId(), MAX_ENTRIES));
        return ICalendar.write(entries, Instant.now());
    }

    /**
     * Returns an entry.
     *
     * @throws Rejection {@code ENTRY_NOT_FOUND}
     */
    CalendarEntryView find(Actor actor, UUID id) throws SQLException {
        return database.transact(actor, connection -> find(connection, actor, id));
    }

    private static CalendarEntryView find(Connection connection, Actor actor, UUID id) throws SQLException {
        return Sql.first(connection, CalendarEntries::view, ALL + " and id = ?", actor.orgId(), id)
                .orElseThrow(() ->
                        new Rejection(SimulatorError.ENTRY_NOT_FOUND, "There is no calendar entry %s.".formatted(id)));
    }

    /**
     * Adds an entry.
     *
     * @throws Rejection {@code SYNTHETIC_CALLER}, {@code SCHEDULE_INVALID}, {@code SCENARIO_NOT_FOUND} or {@code TOO_MANY}
     */
    CalendarEntryView add(Actor actor, CalendarEntryOrder order) throws SQLException {
        HumanSimulator.requireReal(actor);
        Schedule schedule = Schedule.of(order.startsAt(), order.zone(), order.rule());
        UUID id = UuidCreator.getTimeOrderedEpoch();
        return database.transact(
                actor,
                connection -> put(connection, actor, id, id + "@human_simulator", order, schedule, Effort.ofOneRule()));
    }

    /**
     * Puts an entry in the place of another.
     *
     * @throws Rejection {@code SYNTHETIC_CALLER}, {@code SCHEDULE_INVALID}, {@code SCENARIO_NOT_FOUND} or {@code
     *     ENTRY_NOT_FOUND}
     */
    CalendarEntryView change(Actor actor, UUID id, CalendarEntryOrder order) throws SQLException {
        HumanSimulator.requireReal(actor);
        Schedule schedule = Schedule.of(order.startsAt(), order.zone(), order.rule());
        return database.transact(actor, connection -> {
            CalendarEntryView before = find(connection, actor, id);
            return put(connection, actor, id, before.uid(), order, schedule, Effort.ofOneRule());
        });
    }

    /**
     * Takes the events of another calendar over: all or none. One whose UID is known here replaces that entry.
     *
     * @throws Rejection {@code SYNTHETIC_CALLER}, {@code SCHEDULE_INVALID}, {@code ICALENDAR_INVALID}, {@code
     *     SCENARIO_NOT_FOUND} or {@code TOO_MANY}
     */
    List<CalendarEntryView> take(Actor actor, CalendarImport order) throws SQLException {
        HumanSimulator.requireReal(actor);
        List<ICalendarReader.Read> events = ICalendarReader.read(order.icalendar(), order.scenario());
        List<Schedule> schedules = events.stream()
                .map(event -> Schedule.of(
                        event.order().startsAt(),
                        event.order().zone(),
                        event.order().rule()))
                .toList();
        Effort effort = Effort.of(MAX_IMPORT_EFFORT);
        return database.transact(actor, connection -> {
            List<CalendarEntryView> taken = new ArrayList<>();
            for (int i = 0; i < events.size(); i++) {
                taken.add(put(
                        connection,
                        actor,
                        UuidCreator.getTimeOrderedEpoch(),
                        events.get(i).uid(),
                        events.get(i).order(),
                        schedules.get(i),
                        effort));
            }
            return taken;
        });
    }

    private CalendarEntryView put(
            Connection connection,
            Actor actor,
            UUID id,
            String uid,
            CalendarEntryOrder order,
            Schedule schedule,
            Effort effort)
            throws SQLException {
        scenarios.definition(connection, actor, order.scenario());
        HumanSimulator.requireRoom(
                MAX_ENTRIES,
                Sql.count(
                        connection,
                        "select count(*) from human_simulator.calendar where org_id = ? and uid <> ?",
                        actor.orgId(),
                        uid),
                "calendar entries");
        Instant next = order.starts() ? next(schedule, uid, effort) : null;
        return Sql.list(
                        connection,
                        CalendarEntries::view,
                        "insert into human_simulator.calendar (id, org_id, uid, name, scenario, users, zone, starts_at,"
                                + " rule, enabled, next_at, created_by)"
                                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::timestamptz, ?::uuid)"
                                + " on conflict (org_id, uid) do update set name = excluded.name,"
                                + " scenario = excluded.scenario, users = excluded.users, zone = excluded.zone,"
                                + " starts_at = excluded.starts_at, rule = excluded.rule, enabled = excluded.enabled,"
                                + " next_at = excluded.next_at, problem = null returning *",
                        id,
                        actor.orgId(),
                        uid,
                        order.name(),
                        order.scenario(),
                        order.users() == null ? 1 : order.users(),
                        order.zone(),
                        schedule.start(),
                        order.rule(),
                        order.starts(),
                        next,
                        actor.userId())
                .get(0);
    }

    private static Instant next(Schedule schedule, String uid, Effort effort) {
        try {
            return schedule.next(Instant.now(), effort).orElse(null);
        } catch (Effort.Exceeded e) {
            throw Rejection.of(
                    SimulatorError.ICALENDAR_INVALID,
                    "icalendar",
                    ("The RRULEs up to that of %s take too many steps to evaluate. Import fewer events at once, and leave out"
                                    + " rules that never recur.")
                            .formatted(Judge.shortened(uid)));
        }
    }

    /**
     * Removes an entry. Runs that it started stay.
     *
     * @throws Rejection {@code SYNTHETIC_CALLER} or {@code ENTRY_NOT_FOUND}
     */
    void remove(Actor actor, UUID id) throws SQLException {
        HumanSimulator.requireReal(actor);
        database.transact(actor, connection -> {
            find(connection, actor, id);
            return Sql.update(connection, "delete from human_simulator.calendar where id = ?", id);
        });
    }

    /** Queues a run for each entry of any organization that is due; each on one node, however many look. */
    void startDue() throws SQLException {
        List<Due> due = database.transact(
                HumanSimulator.PLATFORM,
                connection -> Sql.list(
                        connection,
                        row -> new Due(row.getObject(1, UUID.class), row.getObject(2, UUID.class)),
                        "select entry_id, entry_org from human_simulator.due_entries(?)",
                        MAX_AT_ONCE));
        for (Due each : due) {
            start(Actor.platform(each.orgId, "simulator-calendar"), each.entryId);
        }
    }

    /** Times that passed while no node looked are made up for by one run. */
    void start(Actor platform, UUID id) throws SQLException {
        database.transact(platform, connection -> {
            Optional<CalendarEntryView> mine = Sql.first(
                    connection,
                    CalendarEntries::view,
                    ALL + " and id = ? and next_at <= now() for update skip locked",
                    platform.orgId(),
                    id);
            if (mine.isEmpty()) {
                return null;
            }
            CalendarEntryView entry = mine.get();
            UUID creator = Sql.list(
                            connection,
                            row -> row.getObject(1, UUID.class),
                            "select created_by from human_simulator.calendar where id = ?",
                            id)
                    .get(0);
            Actor actor =
                    new Actor(platform.orgId(), creator, Role.USER, null, platform.requestId(), null, null, false);
            Instant next;
            try {
                next = Schedule.of(entry.startsAt(), entry.zone(), entry.rule())
                        .next(Instant.now())
                        .orElse(null);
            } catch (Rejection e) {
                // Stored by an earlier version that accepted more. It would be due at every look, and hold up the
                // others.
                return disable(connection, id, e.getMessage());
            }
            UUID run = null;
            String problem = null;
            try {
                RunOrder order = new RunOrder(entry.scenario(), entry.users(), null, null, null, null, null);
                run = runs.queue(connection, actor, order).runId();
            } catch (Rejection e) {
                // Whatever refused it wrote nothing before.
                problem = e.getMessage();
            }
            return Sql.update(
                    connection,
                    "update human_simulator.calendar set next_at = ?::timestamptz,"
                            + " last_run = coalesce(?::uuid, last_run), problem = ? where id = ?",
                    next,
                    run,
                    problem,
                    id);
        });
    }

    private static int disable(Connection connection, UUID id, String problem) throws SQLException {
        return Sql.update(
                connection,
                "update human_simulator.calendar set enabled = false, next_at = null, problem = ? where id = ?",
                problem,
                id);
    }
}
