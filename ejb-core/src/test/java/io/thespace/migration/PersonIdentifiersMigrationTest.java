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

/** Identifiers stored by older versions get their normal form. */
class PersonIdentifiersMigrationTest {

    private static final String ORG = "'018f0000-0000-7000-8000-000000000001'";

    @Test
    void existingRowsGetTheNormalForm() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            DataSource source = postgres.getPostgresDatabase();
            execute(source, "create role space_app");
            flyway(source).target("45").load().migrate();
            execute(
                    source,
                    "insert into core.organizations (id, name, created_at) values (" + ORG + ", 'O', now())",
                    "insert into core.memories (id, org_id, content, content_hash, importance, valid_from, subject, created_at,"
                            + " changed_at) select gen_random_uuid(), " + ORG
                            + ", i::text, sha256(i::text::bytea), 0.5, now(),"
                            + " case when i % 2 = 0 then 'Anna' || i || '@Example.org' end, now(), now() from generate_series(1, 2500) i",
                    "insert into core.sessions (id, org_id, agent_id, subject, metadata, status, idle_seconds, idle_at, created_at)"
                            + " values (gen_random_uuid(), " + ORG
                            + ", gen_random_uuid(), e'zoe\\u0308', '{}', 'active', 60, now(),"
                            + " now())",
                    "insert into core.users (id, email, name, created_at) values (gen_random_uuid(), e'zoe\\u0308@example.org', '1',"
                            + " now()), (gen_random_uuid(), e'jose\\u0301@example.org', '2', now()),"
                            + " (gen_random_uuid(), e'jos\\u00e9@example.org', '3', now())");

            flyway(source).load().migrate();

            assertThat(texts(source, "select count(*)::text from core.memories where subject_key is null"))
                    .containsExactly("1250");
            assertThat(texts(source, "select subject_key from core.memories where subject = 'Anna2@Example.org'"))
                    .containsExactly("anna2@example.org");
            assertThat(texts(source, "select subject_key from core.sessions")).containsExactly("zo\u00eb");
            assertThat(texts(source, "select email from core.users order by name"))
                    .containsExactly("zo\u00eb@example.org", "jose\u0301@example.org", "jos\u00e9@example.org");
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

    private static void execute(DataSource source, String... statements) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static List<String> texts(DataSource source, String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }
}
