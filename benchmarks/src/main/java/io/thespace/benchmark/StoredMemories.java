package io.thespace.benchmark;

import io.thespace.configuration.DatabaseUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Memories written past the API, as the tables' owner. The n-th has the same id and content in every run; their words are
 * drawn with a skew, as in a language, and {@code customer} is in all of them.
 */
record StoredMemories(UUID orgId, DatabaseUrl database) {

    private static final int AT_ONCE = 20_000;

    private static final String FILL =
            """
            insert into core.memories
                    (id, org_id, content, content_hash, category, importance, valid_from, created_at, changed_at)
                select (lpad(to_hex(1700000000000 + n), 12, '0') || '70008' || substr(md5(n::text), 1, 15))::uuid, ?,
                       content, sha256(convert_to(content, 'UTF8')), 'c' || n % 50, n % 100 / 100.0,
                       t, t, t
                from generate_series(?::bigint, ?::bigint) n,
                     lateral (select to_timestamp((1700000000000 + n) / 1000.0) as t) times,
                     lateral (select 'customer ' || n || ' said ' || string_agg(
                                         substr(md5(floor(20000 * power((hashint8(n * 8 + w) & 2147483647) / 2147483648.0, 4))
                                             ::text), 1, 7), ' ' order by w) as content
                              from generate_series(1, 5) w) words
            on conflict do nothing
            """;

    /** Writes what is missing of the first {@code count}, and has the statistics taken. */
    void fill(int count) throws SQLException {
        try (Connection owner = DriverManager.getConnection(database.jdbc(), database.user(), database.password());
                Statement statement = owner.createStatement();
                PreparedStatement fill = owner.prepareStatement(FILL)) {
            for (int first = 1; first <= count; first += AT_ONCE) {
                fill.setObject(1, orgId);
                fill.setLong(2, first);
                fill.setLong(3, Math.min(count, first + AT_ONCE - 1));
                fill.executeUpdate();
            }
            statement.execute("vacuum analyze core.memories");
        }
    }

    /** The query plan of the application's role for a page after {@code after}, under its row-level security policy. */
    List<String> plan(String user, String password, UUID after) throws SQLException {
        try (Connection application = DriverManager.getConnection(database.jdbc(), user, password)) {
            application.setAutoCommit(false);
            try (PreparedStatement stamp = application.prepareStatement("select set_config('app.org_id', ?, true)");
                    PreparedStatement explain = application.prepareStatement(
                            "explain (analyze, timing off, summary off) select * from core.memories where org_id = ?"
                                    + " and valid_from <= now() and (valid_to is null or valid_to > now()) and id < ?"
                                    + " order by id desc limit 11")) {
                stamp.setString(1, orgId.toString());
                stamp.execute();
                explain.setObject(1, orgId);
                explain.setObject(2, after);
                List<String> lines = new ArrayList<>();
                try (ResultSet rows = explain.executeQuery()) {
                    while (rows.next()) {
                        lines.add(rows.getString(1));
                    }
                }
                return lines;
            }
        }
    }
}
