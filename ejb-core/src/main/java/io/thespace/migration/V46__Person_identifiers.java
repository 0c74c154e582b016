package io.thespace.migration;

import io.thespace.log.Log;
import io.thespace.plugin.api.PersonIdentifier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;

/** Fills in the normal form of the identifiers of people that are stored already, which SQL cannot compute. */
public final class V46__Person_identifiers extends BaseJavaMigration {

    private static final Log LOG = Log.of(V46__Person_identifiers.class);
    private static final int BATCH = 1_000;

    @Override
    public void migrate(Context context) throws SQLException {
        Connection connection = context.getConnection();
        for (String table : new String[] {"core.memories", "core.sessions"}) {
            fill(
                    connection,
                    "select id, subject from " + table + " where subject is not null and id > ? order by id limit "
                            + BATCH,
                    "update " + table + " set subject_key = ? where id = ?");
        }
        emails(connection);
    }

    private static void fill(Connection connection, String select, String update) throws SQLException {
        UUID after = new UUID(0, 0);
        Map<UUID, String> rows;
        do {
            rows = rows(connection, select, after);
            try (PreparedStatement statement = connection.prepareStatement(update)) {
                for (Map.Entry<UUID, String> row : rows.entrySet()) {
                    after = row.getKey();
                    statement.setString(1, PersonIdentifier.normalForm(row.getValue()));
                    statement.setObject(2, after);
                    statement.addBatch();
                }
                statement.executeBatch();
            }
        } while (rows.size() == BATCH);
    }

    /** An address that is another account's in normal form stays as it is; its user goes on to sign in with that spelling. */
    private static void emails(Connection connection) throws SQLException {
        UUID after = new UUID(0, 0);
        Map<UUID, String> rows;
        do {
            rows = rows(
                    connection,
                    "select id, email from core.users where email is not null and id > ? order by id limit " + BATCH,
                    after);
            for (Map.Entry<UUID, String> row : rows.entrySet()) {
                after = row.getKey();
                String normal = PersonIdentifier.normalForm(row.getValue());
                if (!normal.equals(row.getValue()) && !change(connection, after, normal)) {
                    LOG.warning("Two accounts have one e-mail address in different spellings", "user", after);
                }
            }
        } while (rows.size() == BATCH);
    }

    private static boolean change(Connection connection, UUID user, String email) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update core.users u set email = ?, version = version + 1"
                        + " where u.id = ? and (u.issuer is not null or not exists"
                        + " (select from core.users o where o.email = ? and o.issuer is null and o.id <> u.id))")) {
            update.setString(1, email);
            update.setObject(2, user);
            update.setString(3, email);
            return update.executeUpdate() > 0;
        }
    }

    private static Map<UUID, String> rows(Connection connection, String select, UUID after) throws SQLException {
        Map<UUID, String> rows = new LinkedHashMap<>();
        try (PreparedStatement query = connection.prepareStatement(select)) {
            query.setObject(1, after);
            try (ResultSet found = query.executeQuery()) {
                while (found.next()) {
                    rows.put(found.getObject(1, UUID.class), found.getString(2));
                }
            }
        }
        return rows;
    }
}
