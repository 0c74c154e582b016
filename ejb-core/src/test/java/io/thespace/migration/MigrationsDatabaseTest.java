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

/**
 * The scripts of the platform and of the bundled plugins, run by an owner in a real PostgreSQL who is not a superuser,
 * as in production.
 */
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

    @ParameterizedTest
    @CsvSource({
        "commit,false",
        "rollback,false",
        "select 1; COMMIT,true",
        "end; select 1,true",
        "create index concurrently i on kept (id),false"
    })
    void aScriptDoesNotEndItsTransaction(String script, boolean bundled) throws Exception {
        ClassLoader scripts =
                script("guarded", "1", "create table kept (id bigint);" + script + "; create table other (id bigint)");

        for (boolean rehearsal : List.of(true, false)) {
            assertThatThrownBy(() -> migrations.migratePlugin("guarded", scripts, bundled, rehearsal))
                    .hasMessageMatching("(?s).*(is not allowed|does not run in a transaction|non-transactional).*");
        }

        assertThat(
                        query(
                                "select tablename from pg_tables where schemaname = 'guarded' and tablename in ('kept', 'other')"))
                .isEmpty();
    }

    @Test
    void aScriptDoesNotLeaveTheTransactionByItsConfiguration() throws Exception {
        ClassLoader scripts = script("guarded", "1", "create table kept (id bigint)");
        Files.writeString(folder.resolve("db/migration/guarded/V1__script.sql.conf"), "executeInTransaction=false");

        assertThatThrownBy(() -> migrations.migratePlugin("guarded", scripts, false, true))
                .hasMessageContaining("does not run in a transaction");
        assertThat(query("select tablename from pg_tables where schemaname = 'guarded' and tablename = 'kept'"))
                .isEmpty();
    }

    @Test
    void aScriptThatTakesTooLongIsEnded() throws Exception {
        configuration = Configuration.read(Map.of(
                Key.DATABASE_URL.name(),
                "postgresql://owner:owner@localhost:%d/space_%d".formatted(postgres.getPort(), databases),
                Key.PLUGIN_MIGRATION_SECONDS.name(),
                "5")::get);
        migrations.migrateCore(configuration);

        assertThatThrownBy(() -> migrations.migratePlugin(
                        "guarded", script("guarded", "1", "select pg_sleep(600)"), false, false))
                .hasMessageContaining("statement timeout");
        assertThatThrownBy(() -> migrations.migratePlugin(
                        "guarded",
                        script("guarded", "1", "set statement_timeout = 0; select pg_sleep(600)"),
                        false,
                        false))
                .isInstanceOf(IllegalStateException.class);

        assertThat(
                        query(
                                "select query from pg_stat_activity where query like '%pg_sleep(600)' and pid <> pg_backend_pid()"))
                .isEmpty();
    }

    @Test
    void whatAnOwnerAttachedToItsTablesDoesNotRunAsThePlatform() throws Exception {
        ClassLoader scripts = script(
                "installed",
                "1",
                """
                create table kept (id bigint);
                insert into kept values (1);
                create function who() returns boolean language plpgsql as $$
                begin
                    if current_user !~ '^space_installed' or session_user !~ '^space_installed' then
                        raise exception 'runs as %, %', current_user, session_user;
                    end if;
                    return true;
                end $$;
                create function as_json(kept) returns json language sql as 'select to_json(who())';
                create cast (kept as json) with function as_json(kept);
                """);
        migrate("installed", scripts, false);
        try (Connection owner = owner();
                Statement statement = owner.createStatement()) {
            statement.execute("set role " + migrations.role("installed"));
            // What the plugin's own code could do at any time.
            statement.execute("alter table installed.flyway_schema_history enable row level security,"
                    + " force row level security");
            statement.execute("create policy who on installed.flyway_schema_history using (installed.who())");
        }

        migrations.migratePlugin("installed", scripts, false, false);
        assertThat(migrations.exportPlugin("installed", 1_000_000)).isPresent();
    }

    @Test
    void anExportIsBounded() throws Exception {
        ClassLoader scripts = script(
                "installed",
                "1",
                "create table kept (note text); insert into kept"
                        + " select md5(n::text) from generate_series(1, 10000) n");
        migrate("installed", scripts, false);

        int size = migrations.exportPlugin("installed", 1_000_000).orElseThrow().length;

        assertThat(size).isGreaterThan(100_000);
        assertThat(migrations.exportPlugin("installed", size)).isPresent();
        assertThat(migrations.exportPlugin("installed", size - 1)).isEmpty();
        assertThat(migrations.exportPlugin("installed", 10_000)).isEmpty();
        assertThat(query("select count(*)::text from installed.kept")).containsExactly("10000");
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
            statement.execute("alter role " + role + " nologin");
            statement.execute("alter table installed.kept no force row level security");
            statement.execute("drop policy tenant on installed.kept");
        }

        migrate("installed", scripts, false);

        assertThat(query("select rolname from pg_roles where rolcanlogin and rolname = '" + role + "'"))
                .hasSize(1);
        assertThat(query("select policyname from pg_policies where schemaname = 'installed'"))
                .contains("tenant");
        assertThat(query("select relname from pg_class where relname = 'kept' and relforcerowsecurity"))
                .hasSize(1);
    }

    @Test
    void anInstalledPluginsRoleSignsInAndIsNotTheApplicationsToTakeOn() throws Exception {
        ClassLoader scripts = script("installed", "1", "create table installed.kept (id bigint)");
        migrate("installed", scripts, false);
        String role = migrations.role("installed");
        try (Connection owner = owner();
                Statement statement = owner.createStatement()) {
            // As earlier versions left it.
            statement.execute("grant " + role + " to space_app");
        }

        migrate("installed", scripts, false);

        assertThat(open()).containsExactly(role);
        assertThat(query("select 1 from pg_roles where rolname = '" + role
                        + "' and pg_has_role('space_app', oid, 'member')"))
                .isEmpty();
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
