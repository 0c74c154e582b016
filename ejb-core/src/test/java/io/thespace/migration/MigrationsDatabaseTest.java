package io.thespace.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts of the platform and of the bundled plugins, run by a real PostgreSQL's owner who is no superuser, as in production. */
class MigrationsDatabaseTest {

    private static final String LEDGER = "financial_business";
    private static final String OTHERS =
            """
            select c.relname from pg_class c where c.relnamespace = '%1$s'::regnamespace
                and pg_get_userbyid(c.relowner) <> '%2$s'
            union all select p.proname from pg_proc p where p.pronamespace = '%1$s'::regnamespace
                and pg_get_userbyid(p.proowner) <> '%2$s'
            union all select n.nspname from pg_namespace n where n.nspname = '%1$s'
                and pg_get_userbyid(n.nspowner) <> '%2$s'
            """;

    private static EmbeddedPostgres postgres;
    private static int databases;

    @TempDir
    private Path folder;

    private Configuration configuration;
    private Migrations migrations;

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.start();
        as("postgres", "postgres", "create role owner login createrole password 'owner'");
        as("postgres", "postgres", "create database template owner owner");
        new Migrations().migrateCore(configuration("template"));
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    @BeforeEach
    void database() throws Exception {
        String name = "space_" + ++databases;
        as("postgres", "postgres", "create database " + name + " owner owner template template");
        configuration = configuration(name);
        migrations = new Migrations();
        migrations.migrateCore(configuration);
    }

    private static Configuration configuration(String database) {
        return Configuration.read(Map.of(
                Key.DATABASE_URL.name(),
                "postgresql://owner:owner@localhost:%d/%s".formatted(postgres.getPort(), database))::get);
    }

    private static void as(String role, String database, String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection(postgres.getJdbcUrl(role, database));
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    private Connection owner() throws SQLException {
        return DriverManager.getConnection(configuration.get(Key.DATABASE_URL).jdbc(), "owner", "owner");
    }

    private Connection application() throws SQLException {
        return DriverManager.getConnection(
                configuration.get(Key.DATABASE_URL).jdbc(),
                configuration.get(Key.DATABASE_APP_USER),
                configuration.databaseAppPassword());
    }

    private List<String> query(String query) throws SQLException {
        try (Connection owner = owner();
                Statement statement = owner.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }

    /** Those of a plugin that the platform brings. */
    private static ClassLoader scripts(String module) throws Exception {
        Path resources = Path.of("..", "plugin-modules", module, "src", "main", "resources");
        return new URLClassLoader(new URL[] {resources.toUri().toURL()}, MigrationsDatabaseTest.class.getClassLoader());
    }

    private ClassLoader script(String plugin, String version, String sql) throws Exception {
        Path scripts = Files.createDirectories(folder.resolve("db/migration").resolve(plugin));
        Files.writeString(scripts.resolve("V" + version + "__script.sql"), sql);
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader());
    }

    private void migrate(String plugin, ClassLoader scripts, boolean bundled) {
        migrations.migratePlugin(plugin, scripts, bundled, true);
        migrations.migratePlugin(plugin, scripts, bundled, false);
    }

    private List<String> ofOthers(String plugin) throws SQLException {
        return query(OTHERS.formatted(plugin, migrations.role(plugin)));
    }

    /** The roles of plugins that can sign in, or that the application's role belongs to. */
    private List<String> open() throws SQLException {
        String ofThisDatabase = migrations.role("").replace("space_", "");
        return query("select rolname from pg_roles where rolname like 'space_%" + ofThisDatabase + "'"
                + " and (rolcanlogin or pg_has_role('space_app', oid, 'member'))");
    }

    @ParameterizedTest
    @CsvSource({"financial_business,financial-business", "human_simulator,human-simulator", "mirrorcore,mirrorcore"})
    void aBundledPluginsSchemaBelongsToARoleOfItsOwn(String plugin, String module) throws Exception {
        migrate(plugin, scripts(module), true);

        assertThat(ofOthers(plugin)).isEmpty();
        assertThat(open()).isEmpty();
        assertThat(migrations.shipped()).containsKeys("core", plugin);
    }

    @ParameterizedTest
    @CsvSource({"financial_business,financial-business", "human_simulator,human-simulator", "mirrorcore,mirrorcore"})
    void whatTheOwnerMadeIsHandedOver(String plugin, String module) throws Exception {
        Flyway.configure(scripts(module))
                .dataSource(configuration.get(Key.DATABASE_URL).jdbc(), "owner", "owner")
                .schemas(plugin)
                .locations("classpath:db/migration/" + plugin)
                .placeholders(Map.of("app_role", "space_app"))
                .load()
                .migrate();
        try (Connection owner = owner();
                Statement statement = owner.createStatement()) {
            statement.execute(
                    "create table " + plugin + ".numbered (id bigserial, other bigint generated always as identity)");
            statement.execute("create sequence " + plugin + ".\"Free sequence\"");
            statement.execute("create view " + plugin + ".seen as select id from " + plugin + ".numbered");
        }
        List<String> granted = query(grants(plugin));
        assertThat(ofOthers(plugin)).isNotEmpty();

        migrate(plugin, scripts(module), true);

        assertThat(ofOthers(plugin)).isEmpty();
        assertThat(open()).isEmpty();
        assertThat(query(grants(plugin))).containsAll(granted);
        assertThat(query("select version from " + plugin + ".flyway_schema_history where success"))
                .contains("1");
    }

    private static String grants(String schema) {
        return "select table_name || privilege_type from information_schema.role_table_grants where grantee = 'space_app'"
                + " and table_schema = '" + schema + "' and table_name <> 'flyway_schema_history'";
    }

    @Test
    void theApplicationWorksOnTheLedgerAndCannotUnguardIt() throws Exception {
        migrate(LEDGER, scripts("financial-business"), true);

        try (Connection application = application();
                Statement statement = application.createStatement()) {
            assertThat(statement
                            .executeQuery("select count(*) from financial_business.account")
                            .next())
                    .isTrue();
            assertThat(statement
                            .executeQuery("select max(version) from financial_business.flyway_schema_history")
                            .next())
                    .isTrue();
            for (String refused : List.of(
                    "delete from financial_business.entry",
                    "alter table financial_business.entry disable trigger all",
                    "set role " + migrations.role(LEDGER))) {
                assertThatThrownBy(() -> statement.execute(refused))
                        .as(refused)
                        .extracting(e -> ((SQLException) e).getSQLState())
                        .isEqualTo("42501");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table bundled.stolen as select * from core.users",
                "reset role; create table bundled.stolen as select * from core.users",
                "drop schema core cascade",
                "create schema another",
                "alter table core.users disable row level security"
            })
    void aBundledScriptReachesItsOwnSchemaOnly(String script) throws Exception {
        ClassLoader scripts = script("bundled", "1", "create table bundled.kept (id bigint);" + script);

        assertThatThrownBy(() -> migrations.migratePlugin("bundled", scripts, true, false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageMatching("(?s).*(permission denied|must be owner).*")
                .hasMessageContaining("V1__script.sql");

        assertThat(query("select tablename from pg_tables where schemaname = 'bundled'"))
                .doesNotContain("kept");
        assertThat(open()).isEmpty();
    }

    @Test
    void aChangedScriptIsRefused() throws Exception {
        migrate("bundled", script("bundled", "1", "create table bundled.kept (id bigint)"), true);
        ClassLoader changed = script("bundled", "1", "create table bundled.kept (id integer)");

        assertThatThrownBy(() -> migrate("bundled", changed, true)).hasMessageContaining("checksum");
    }

    @Test
    void whatAProcessLeftThatWasKilledIsPutRight() throws Exception {
        ClassLoader scripts = script("installed", "1", "create table installed.kept (org_id uuid)");
        migrate("installed", scripts, false);
        String role = migrations.role("installed");
        try (Connection owner = owner();
                Statement statement = owner.createStatement()) {
            statement.execute("alter role " + role + " login");
            statement.execute("alter table installed.kept no force row level security");
            statement.execute("drop policy tenant on installed.kept");
        }

        migrate("installed", scripts, false);

        assertThat(query("select rolname from pg_roles where rolcanlogin and rolname = '" + role + "'"))
                .isEmpty();
        assertThat(query("select policyname from pg_policies where schemaname = 'installed'"))
                .contains("tenant");
        assertThat(query("select relname from pg_class where relname = 'kept' and relforcerowsecurity"))
                .hasSize(1);
    }

    @Test
    void anInstalledPluginsRoleIsTheApplicationsToTakeOn() throws Exception {
        migrate("installed", script("installed", "1", "create table installed.kept (id bigint)"), false);

        assertThat(open()).containsExactly(migrations.role("installed"));
        assertThat(migrations.shipped()).doesNotContainKey("installed");
        migrations.purgePlugin("installed");
        assertThat(open()).isEmpty();
    }

    @Test
    void nodesThatStartAtOnceTakeTurns() throws Exception {
        Migrations another = new Migrations();
        CompletableFuture<Void> start = CompletableFuture.runAsync(() -> {
            another.migrateCore(configuration);
            try {
                another.migratePlugin(LEDGER, scripts("financial-business"), true, false);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        migrate(LEDGER, scripts("financial-business"), true);
        start.join();

        assertThat(ofOthers(LEDGER)).isEmpty();
        assertThat(open()).isEmpty();
        assertThat(another.shipped()).isEqualTo(migrations.shipped());
    }

    @Test
    void anOwnerWhoMayMakeNoRolesIsToldWhatToDo() throws Exception {
        as("postgres", "postgres", "alter role owner nocreaterole");
        try {
            assertThatThrownBy(() -> migrate("bundled", script("bundled", "1", "select 1"), true))
                    .hasMessageContaining("grant it CREATEROLE");
        } finally {
            as("postgres", "postgres", "alter role owner createrole");
        }
    }
}
