package io.thespace.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;

/** Existing organizations get the channel that new ones have from the start. */
class GeneralChannelsMigrationTest {

    private static final String WITHOUT = "018f0000-0000-7000-8000-000000000001";
    private static final String WITH = "018f0000-0000-7000-8000-000000000002";

    @Test
    void organizationsWithoutAGeneralChannelGetOne() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            DataSource source = postgres.getPostgresDatabase();
            execute(source, "create role space_app");
            flyway(source).target("119").load().migrate();
            execute(
                    source,
                    "insert into core.organizations (id, name, created_at) values ('%s', 'A', now()), ('%s', 'B', now())"
                            .formatted(WITHOUT, WITH));
            execute(
                    source,
                    ("insert into core.channels (epoch, org_id, id, name, visibility, created_at, changed_at)"
                                    + " values (gen_random_uuid(), '%s', 'general', 'Ours', 'private', now(), now())")
                            .formatted(WITH));

            flyway(source).load().migrate();

            assertThat(channels(source))
                    .containsExactly(WITHOUT + " general General public", WITH + " general Ours private");
        }
    }

    private static FluentConfiguration flyway(DataSource source) {
        return Flyway.configure()
                .dataSource(source)
                .schemas("core")
                .locations("classpath:db/migration/core")
                .placeholders(Map.of("app_role", "space_app"))
                .javaMigrations(JavaMigrations.core());
    }

    private static void execute(DataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> channels(DataSource source) throws SQLException {
        List<String> channels = new ArrayList<>();
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select concat_ws(' ', org_id, id, name, visibility) from core.channels order by org_id")) {
            while (rows.next()) {
                channels.add(rows.getString(1));
            }
        }
        return channels;
    }
}
