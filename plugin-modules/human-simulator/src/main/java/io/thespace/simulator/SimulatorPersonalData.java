package io.thespace.simulator;

import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Database;
import io.thespace.plugin.api.PersonalData;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Who asked for runs, and who wrote the calendar. All else here is about nobody: personas and sessions are invented. */
final class SimulatorPersonalData implements PersonalData {

    private static final int BATCH = 500;
    private static final UUID FIRST = new UUID(0, 0);

    /** A table, and who is named in it. */
    private record Store(String table, String column, String told) {}

    private static final List<Store> STORES = List.of(
            new Store("human_simulator.run", "requested_by", "scenario"),
            new Store("human_simulator.calendar", "created_by", "name"));

    /** A row in an export. */
    record RequestedExport(UUID id, String name, Instant createdAt) {}

    private final Database database;

    SimulatorPersonalData(Database database) {
        this.database = database;
    }

    @Override
    public Map<String, Long> count(Actor actor, Subject subject) {
        return each(actor, subject, store -> "select count(*) from " + about(store), false);
    }

    @Override
    public void export(Actor actor, Subject subject, BiConsumer<String, Object> sink) {
        if (subject.userId() == null) {
            return;
        }
        for (Store store : STORES) {
            UUID after = FIRST;
            List<RequestedExport> rows;
            do {
                UUID start = after;
                rows = transact(
                        actor,
                        connection -> Sql.list(
                                connection,
                                row -> new RequestedExport(
                                        row.getObject(1, UUID.class), row.getString(2), Sql.instant(row, "created_at")),
                                "select id, " + store.told() + ", created_at from " + about(store)
                                        + " and id > ? order by id limit " + BATCH,
                                actor.orgId(),
                                subject.userId(),
                                start));
                for (RequestedExport row : rows) {
                    sink.accept(store.table(), row);
                    after = row.id();
                }
            } while (rows.size() == BATCH);
        }
    }

    /** Runs and calendar stay, and forget who asked for them. */
    @Override
    public Map<String, Long> erase(Actor actor, Subject subject, int most) {
        return each(
                actor,
                subject,
                store -> "update " + store.table() + " set " + store.column() + " = null where id in (select id from "
                        + about(store) + " limit " + most + ")",
                true);
    }

    private static String about(Store store) {
        return store.table() + " where org_id = ? and " + store.column() + " = ?";
    }

    private Map<String, Long> each(Actor actor, Subject subject, Function<Store, String> sql, boolean update) {
        Map<String, Long> rows = new LinkedHashMap<>();
        if (subject.userId() == null) {
            return rows;
        }
        for (Store store : STORES) {
            long number = transact(
                    actor,
                    connection -> update
                            ? (long) Sql.update(connection, sql.apply(store), actor.orgId(), subject.userId())
                            : Sql.count(connection, sql.apply(store), actor.orgId(), subject.userId()));
            if (number > 0) {
                rows.put(store.table(), number);
            }
        }
        return rows;
    }

    private <T> T transact(Actor actor, Database.Work<T> work) {
        try {
            return database.transact(actor, work);
        } catch (SQLException e) {
            throw new IllegalStateException("The database does not answer", e);
        }
    }
}
