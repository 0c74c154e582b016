package io.thespace.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.migration.Migrations;
import io.thespace.migration.MigrationsAccess;
import io.thespace.plugin.api.Database.Work;
import io.thespace.plugin.api.Rejection;
import io.thespace.tenant.RoleSession;
import io.thespace.tenant.SpaceDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks by the code of an installed plugin in its session, on a real PostgreSQL whose owner is not a superuser. */
class SessionPoolDatabaseTest {

    private static final String PLUGIN = "notes";
    private static final UUID ADA = UUID.randomUUID();
    private static final UUID BOB = UUID.randomUUID();
    private static final String ADD_EVENT =
            "select plugin_call.add_event(?, ?, ?, 'Told', '/plugins/notes', 's', '{}', null, 'r', false, now())";

    @TempDir
    private static Path folder;

    private static EmbeddedPostgres postgres;
    private static Configuration configuration;
    private static Migrations migrations;
    private static String role;
    private static byte[] key;

    private final Map<Object, Object> resources = new HashMap<>();
    private final List<Synchronization> synchronizations = new ArrayList<>();
    private SessionPool pool;

    private final TransactionSynchronizationRegistry registry =
            (TransactionSynchronizationRegistry) Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {TransactionSynchronizationRegistry.class},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "getTransactionKey" -> "key";
                        case "getResource" -> resources.get(arguments[0]);
                        case "putResource" -> resources.put(arguments[0], arguments[1]);
                        case "registerInterposedSynchronization" ->
                            synchronizations.add((Synchronization) arguments[0]);
                        default -> throw new UnsupportedOperationException(method.getName());
                    });

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.start();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create role owner login createrole password 'owner'");
            statement.execute("create database space owner owner");
        }
        try (Connection connection = postgres.getDatabase("postgres", "space").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create extension if not exists pg_trgm");
        }
        configuration =
                Configuration.read(Map.of(
                        Key.DATABASE_URL.name(),
                        "postgresql://owner:owner@localhost:%d/space".formatted(postgres.getPort()))::get);
        Path scripts = Files.createDirectories(folder.resolve("db/migration/notes"));
        Files.writeString(
                scripts.resolve("V1__note.sql"), "create table notes.note (org_id uuid not null, text text not null);");
        migrations = MigrationsAccess.of(configuration);
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, SessionPoolDatabaseTest.class.getClassLoader())) {
            migrations.migratePlugin(PLUGIN, loader, false, false);
        }
        role = migrations.role(PLUGIN);
        owner("insert into core.organizations (id, name, created_at) values ('%s', 'Ada', now()), ('%s', 'Bob', now())"
                .formatted(ADA, BOB));
        try (Connection app = DriverManager.getConnection(
                        configuration.get(Key.DATABASE_URL).jdbc(), "space_app", configuration.databaseAppPassword());
                Statement statement = app.createStatement();
                ResultSet row = statement.executeQuery("select key from core.plugin_call_key")) {
            row.next();
            key = row.getBytes(1);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    @BeforeEach
    void open() throws SQLException {
        owner("delete from notes.note; delete from core.events");
        pool = new SessionPool(PLUGIN, role, SpaceDataSource.session(configuration, role, PLUGIN), key, 1);
    }

    @AfterEach
    void close() {
        pool.close();
    }

    private static void owner(String sql) throws SQLException {
        try (Connection connection = postgres.getDatabase("postgres", "space").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long count(String table) throws SQLException {
        try (Connection connection = postgres.getDatabase("postgres", "space").getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from " + table)) {
            row.next();
            return row.getLong(1);
        }
    }

    private RoleSession join(UUID organization) throws SQLException {
        return RoleSession.join(role, organization, pool::lend, registry);
    }

    private void complete(int status) {
        resources.clear();
        List<Synchronization> all = List.copyOf(synchronizations);
        synchronizations.clear();
        all.forEach(one -> one.afterCompletion(status));
    }

    /** One transaction of a plugin's call, as the platform makes it. */
    private <T> T call(UUID organization, Work<T> work) throws SQLException {
        boolean done = false;
        try {
            RoleSession session = join(organization);
            T result = work.run(session.connection());
            session.commit();
            done = true;
            return result;
        } finally {
            complete(done ? Status.STATUS_COMMITTED : Status.STATUS_ROLLEDBACK);
        }
    }

    private static String one(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : null;
        }
    }

    private static Void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
        return null;
    }

    @Test
    void workIsCommittedInTheTenantOfTheTicket() throws SQLException {
        String seen = call(ADA, connection -> {
            run(connection, "insert into note select nullif(current_setting('app.org_id'), '')::uuid, 'a'");
            return one(connection, "select count(*) from note");
        });

        assertThat(seen).isEqualTo("1");
        assertThat(this.<String>call(BOB, connection -> one(connection, "select count(*) from note")))
                .isEqualTo("0");
        assertThat(count("notes.note")).isEqualTo(1);
        assertThat(count("core.plugin_calls")).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reset role; select password_hash from core.users",
                "set role none; select password_hash from core.users",
                "set session authorization default; select password_hash from core.users",
                "set role space_app",
                "set role owner",
                "set session authorization owner",
                "select * from core.plugin_call_key",
                "select core.check_plugin_call('', null)",
                "select core.claim_idempotency_key(null, null, null)",
                "alter role current_user createrole",
                "create schema another",
                "create table core.stolen (id int)",
                "update core.memberships set role = 'admin'"
            })
    void theSessionNeverWasMoreThanThePluginsRole(String attack) {
        assertThatThrownBy(() -> call(ADA, connection -> run(connection, attack)))
                .as(attack)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isIn("42501", "22023"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"commit", "rollback", "select 1; commit", "/**/end", "set constraints all immediate"})
    void theTransactionIsThePlatformsToEnd(String attack) throws SQLException {
        assertThatThrownBy(() -> call(ADA, connection -> {
                    run(connection, "insert into note values ('%s', 'a')".formatted(ADA));
                    return run(connection, attack);
                }))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("2D000"));
        assertThat(count("notes.note")).isZero();
    }

    @Test
    void theDatabaseItselfRefusesACommitThatIsNotThePlatforms() throws SQLException {
        assertThatThrownBy(() -> {
                    join(ADA).asPlatform((connection, ticket) -> {
                        run(connection, "insert into notes.note values ('%s', 'a')".formatted(ADA));
                        connection.commit();
                        return null;
                    });
                })
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("2D000"));
        complete(Status.STATUS_ROLLEDBACK);
        assertThat(count("notes.note")).isZero();
    }

    @Test
    void methodsOfTheConnectionDoNotEndTheTransactionEither() throws SQLException {
        call(ADA, connection -> {
            assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
            assertThatThrownBy(connection::rollback).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> connection.setAutoCommit(true)).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> connection.unwrap(org.postgresql.PGConnection.class))
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(
                            () -> connection.createStatement().getConnection().commit())
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> connection.getMetaData().getConnection().commit())
                    .isInstanceOf(SQLException.class);
            connection.close();
            return run(connection, "insert into note values ('%s', 'a')".formatted(ADA));
        });

        assertThat(count("notes.note")).isEqualTo(1);
    }

    @Test
    void aConnectionThatWasKeptIsOfNoUse() throws SQLException {
        List<AutoCloseable> kept = new ArrayList<>();
        call(ADA, connection -> {
            kept.add(connection);
            return kept.add(connection.prepareStatement("insert into note values ('%s', 'late')".formatted(ADA)));
        });

        assertThatThrownBy(() -> run((Connection) kept.get(0), "select 1")).isInstanceOf(SQLException.class);
        call(BOB, connection -> {
            assertThatThrownBy(() -> ((PreparedStatement) kept.get(1)).execute())
                    .isInstanceOf(SQLException.class);
            return null;
        });
    }

    @Test
    void nothingOfASessionReachesTheNextCall() throws SQLException {
        String process = call(ADA, connection -> {
            run(connection, "select pg_advisory_lock(42)");
            run(connection, "set statement_timeout = 0");
            run(connection, "set app.org_id = '%s'".formatted(BOB));
            run(connection, "set search_path = public");
            run(connection, "create temp table note (org_id uuid, text text)");
            run(connection, "prepare kept as select 1");
            run(connection, "listen channel");
            return one(connection, "select pg_backend_pid()");
        });

        call(BOB, connection -> {
            assertThat(one(connection, "select pg_backend_pid()")).isEqualTo(process);
            assertThat(one(connection, "show statement_timeout")).isEqualTo("15s");
            assertThat(one(connection, "show app.org_id")).isEqualTo(BOB.toString());
            assertThat(one(connection, "select 'note'::regclass::oid = 'notes.note'::regclass::oid"))
                    .isEqualTo("t");
            assertThat(one(connection, "select count(*) from pg_locks where locktype = 'advisory'"))
                    .isEqualTo("0");
            assertThat(one(connection, "select count(*) from pg_prepared_statements where name = 'kept'"))
                    .isEqualTo("0");
            return null;
        });
    }

    @Test
    void thePlatformWritesInTheTicketsTenantOnly() throws SQLException {
        RoleSession session = join(ADA);
        session.asPlatform((connection, ticket) -> event(connection, ticket, ADA));
        session.commit();
        complete(Status.STATUS_COMMITTED);
        assertThat(count("core.events where org_id = '" + ADA + "'")).isEqualTo(1);

        assertThatThrownBy(() -> join(ADA).asPlatform((connection, ticket) -> event(connection, ticket, BOB)))
                .hasMessageContaining("another organization");
        complete(Status.STATUS_ROLLEDBACK);
        assertThat(count("core.events")).isEqualTo(1);
    }

    private static Void event(Connection connection, String ticket, UUID organization) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ADD_EVENT)) {
            statement.setString(1, ticket);
            statement.setObject(2, UUID.randomUUID());
            statement.setObject(3, organization);
            statement.execute();
        }
        return null;
    }

    @Test
    void withoutATicketThePlatformsFunctionsAreOfNoUse() throws SQLException {
        String[] kept = new String[1];
        RoleSession session = join(ADA);
        session.asPlatform((connection, ticket) -> {
            kept[0] = ticket;
            return null;
        });
        session.commit();
        complete(Status.STATUS_COMMITTED);

        // Not even with the ticket of an earlier transaction, and not with one of one's own.
        for (String ticket : List.of(kept[0], "00".repeat(32))) {
            assertThatThrownBy(() -> call(BOB, connection -> event(connection, ticket, BOB)))
                    .hasMessageContaining("No call of a plugin is open");
        }
        assertThatThrownBy(() -> call(BOB, connection -> {
                    try (PreparedStatement begin =
                            connection.prepareStatement("select plugin_call.begin_call(?, ?, ?)")) {
                        begin.setObject(1, BOB);
                        begin.setLong(2, System.currentTimeMillis() / 1000 + 10);
                        begin.setString(3, kept[0]);
                        return begin.execute();
                    }
                }))
                .hasMessageContaining("no ticket");
        assertThat(count("core.events")).isZero();
    }

    @Test
    void anExpiredAnswerIsReplacedWhileItsKeyIsClaimedInAnotherSession() throws SQLException {
        UUID user = UUID.randomUUID();
        owner(("insert into core.idempotency_keys (org_id, principal, key, fingerprint, status, body, expires_at)"
                        + " values ('%s', '%s', 'k', '', 200, 'old', now() - interval '1 hour')")
                .formatted(ADA, user));
        try (Connection platform = DriverManager.getConnection(
                configuration.get(Key.DATABASE_URL).jdbc(), "space_app", configuration.databaseAppPassword())) {
            platform.setAutoCommit(false);
            one(platform, "select set_config('app.org_id', '%s', true)".formatted(ADA));
            String claim = "select body from core.claim_idempotency_key('%s', '%s', 'k')".formatted(ADA, user);
            assertThat(one(platform, claim)).isNull();
            RoleSession session = join(ADA);
            session.asPlatform((connection, ticket) -> {
                run(connection, "set local lock_timeout = '2s'");
                return one(
                        connection,
                        "select plugin_call.add_answer('%s', '%s', '%s', 'k', '', 200, null, 'new', '{}', false)"
                                .formatted(ticket, ADA, user));
            });
            session.commit();
            complete(Status.STATUS_COMMITTED);
            platform.commit();
        }

        assertThat(count("core.idempotency_keys where principal = '%s' and body = 'new'".formatted(user)))
                .isEqualTo(1);
    }

    @Test
    void tablesAreSearchedAsThePluginsRole() throws SQLException {
        call(ADA, connection -> {
            run(connection, "insert into note values ('%s', 'of ann@example.org')".formatted(ADA));
            run(
                    connection,
                    """
                    create function who(note) returns text language plpgsql as $$
                    begin
                        if session_user !~ '^space_notes' then
                            raise exception 'read as %', session_user;
                        end if;
                        return $1.text;
                    end $$
                    """);
            run(connection, "create cast (note as text) with function who(note)");
            return run(connection, "create policy who on note using (who(note) is not null)");
        });
        PluginTables tables = new PluginTables(migrations, configuration);

        assertThat(tables.traces(ADA, PLUGIN, "note", "ann@example.org")).isEqualTo(1);
        assertThat(tables.traces(BOB, PLUGIN, "note", "ann@example.org")).isZero();
        assertThat(tables.holdsRows(ADA, PLUGIN)).isTrue();
        assertThat(tables.holdsRows(BOB, PLUGIN)).isFalse();
        call(ADA, connection -> run(connection, "drop function who(note) cascade"));
    }

    /** A role has the rights that were granted when its plugin last started. */
    @Test
    void tablesOfAPluginThatHasNotStartedSinceAnUpgradeAreSearched() throws SQLException {
        call(ADA, connection -> run(connection, "insert into note values ('%s', 'of eve@example.org')".formatted(ADA)));
        owner("revoke execute on function plugin_call.holds_text(oid) from " + role);
        try {
            assertThat(new PluginTables(migrations, configuration).traces(ADA, PLUGIN, "note", "eve@example.org"))
                    .isEqualTo(1);
        } finally {
            owner("grant execute on function plugin_call.holds_text(oid) to " + role);
        }
    }

    /** Texts of all kinds and bytes, and not what is a number, an id or a time. */
    @Test
    void columnsWithoutTextAreNotSearched() throws SQLException {
        call(ADA, connection -> {
            run(connection, "create domain shown as varchar(99)");
            run(connection, "create domain amount as bigint");
            return run(
                    connection,
                    """
                    create table many (org_id uuid not null, a text, b shown, c jsonb, d text[], e bytea,
                        f bigint, g amount, h timestamp, i real[], j uuid, k tsvector)
                    """);
        });
        PluginTables tables = new PluginTables(migrations, configuration);
        for (String column : List.of(
                "a = 'No. 20911017'",
                "b = '20911017'",
                "c = '{\"no\": 20911017}'",
                "d = array['x', '20911017']",
                "e = convert_to('no 20911017', 'UTF8')")) {
            call(ADA, connection -> {
                run(connection, "delete from many");
                run(connection, "insert into many (org_id) values ('%s')".formatted(ADA));
                return run(connection, "update many set " + column);
            });
            assertThat(tables.traces(ADA, PLUGIN, "many", "20911017"))
                    .as(column)
                    .isEqualTo(1);
        }
        call(ADA, connection -> {
            run(connection, "delete from many");
            return run(
                    connection,
                    """
                    insert into many (org_id, f, g, h, i, j, k) values ('%s', 20911017, 20911017, '2091-01-01',
                        array[20911017], '20911017-0000-7000-8000-000000000001', to_tsvector('pg_catalog.simple', '20911017'))
                    """
                            .formatted(ADA));
        });

        assertThat(tables.traces(ADA, PLUGIN, "many", "20911017")).isZero();
        assertThat(tables.traces(ADA, PLUGIN, "many", "2091")).isZero();
        call(ADA, connection -> {
            run(connection, "drop table many");
            run(connection, "drop domain amount");
            return run(connection, "drop domain shown");
        });
    }

    @Test
    void aTransactionHasOneTenant() throws SQLException {
        join(ADA);

        assertThatThrownBy(() -> join(BOB)).isInstanceOf(IllegalStateException.class);
        complete(Status.STATUS_ROLLEDBACK);
    }

    @Test
    void whatIsRolledBackLeavesNothingAndGivesTheSessionBack() throws SQLException {
        for (int i = 0; i < 3; i++) {
            run(join(ADA).connection(), "insert into note values ('%s', 'a')".formatted(ADA));
            complete(Status.STATUS_ROLLEDBACK);
        }

        assertThat(count("notes.note")).isZero();
        assertThat(pool.open()).isEqualTo(1);
    }

    @Test
    void aPluginHasNoMoreSessionsThanItsShare() throws SQLException {
        RoleSession.Lease lease = pool.lend();

        assertThatThrownBy(pool::lend)
                .isInstanceOf(Rejection.class)
                .hasMessageContaining("all of its database sessions");
        lease.end(true);
        assertThat(pool.open()).isEqualTo(1);
    }

    @Test
    void aSessionThatItsPluginClosedIsReplaced() throws SQLException {
        call(ADA, connection -> one(connection, "select 1"));
        owner("select pg_terminate_backend(pid) from pg_stat_activity where usename = '" + role + "'");

        RoleSession.Lease broken = pool.lend();
        assertThatThrownBy(() -> one(broken.connection(), "select 1")).isInstanceOf(SQLException.class);
        broken.end(false);
        assertThat(this.<String>call(ADA, connection -> one(connection, "select 1")))
                .isEqualTo("1");
    }
}
