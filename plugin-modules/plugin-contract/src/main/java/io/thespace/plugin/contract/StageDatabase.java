package io.thespace.plugin.contract;

import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** A database with one plugin's schema, and the plugin's own role. Only the role that creates it is a superuser. */
final class StageDatabase implements Database, AutoCloseable {

    /**
     * One PostgreSQL for all tests of this process; it ends with the process, and its data is in a temporary folder.
     */
    private static final class Server {
        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder().start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static EmbeddedPostgres postgres() {
        return Server.POSTGRES;
    }

    /** A transaction that is under way. */
    private static final class Transaction {
        final Connection connection;

        /** Published when it commits. */
        final List<Runnable> afterwards = new ArrayList<>();

        /** Whether the plugin works on the connection at this moment. */
        boolean lent;

        Transaction(Connection connection) {
            this.connection = connection;
        }
    }

    /** Work in a transaction. */
    @FunctionalInterface
    private interface Body<T, E extends Exception> {
        T run(Transaction transaction) throws E, SQLException;
    }

    /** The transaction that this thread's plugin works in. */
    private static final ThreadLocal<Transaction> UNDER_WAY = new ThreadLocal<>();

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String name = "stage_" + NUMBER.incrementAndGet();
    private final PGSimpleDataSource source;

    /** Makes the schema {@code id} and runs the scripts in {@code db/migration/{id}}. */
    StageDatabase(String id, ClassLoader scripts) {
        String role = "space_" + id;
        try (Connection superuser = Server.POSTGRES.getPostgresDatabase().getConnection();
                Statement statement = superuser.createStatement()) {
            statement.execute("do $$ begin create role " + role
                    + " login nosuperuser nocreatedb nocreaterole nobypassrls;"
                    + " exception when duplicate_object then null; end $$");
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        try (Connection superuser =
                        Server.POSTGRES.getDatabase("postgres", name).getConnection();
                Statement statement = superuser.createStatement()) {
            statement.execute("revoke all on schema public from public");
            statement.execute("create schema " + id + " authorization " + role);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        source = new PGSimpleDataSource();
        source.setURL(Server.POSTGRES.getJdbcUrl(role, name));
        source.setUser(role);
        source.setCurrentSchema(id);
        source.setOptions("-c statement_timeout=60s -c lock_timeout=30s");
        Flyway.configure(scripts)
                .dataSource(source)
                .schemas(id)
                .createSchemas(false)
                .locations("classpath:db/migration/" + id)
                .failOnMissingLocations(false)
                .placeholders(Map.of("app_role", role)) // a bundled plugin's scripts grant to it
                .group(true)
                .loggers("slf4j") // silent, unless the tests bring a logger
                .load()
                .migrate();
        try (Connection own = source.getConnection()) {
            separateTenants(own, id);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As the platform does after a plugin's scripts have run: no table with an org_id without row-level security. */
    private static void separateTenants(Connection own, String schema) throws SQLException {
        try (PreparedStatement query = own.prepareStatement("select c.oid::regclass::text from pg_class c"
                        + " join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id' and not a.attisdropped"
                        + " where c.relnamespace = ?::regnamespace and c.relkind in ('r', 'p')");
                Statement statement = own.createStatement()) {
            query.setString(1, schema);
            try (ResultSet tables = query.executeQuery()) {
                while (tables.next()) {
                    String table = tables.getString(1);
                    statement.execute("alter table " + table + " enable row level security, force row level security");
                    statement.execute("drop policy if exists tenant on " + table);
                    statement.execute("create policy tenant on " + table + " as restrictive"
                            + " using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)");
                    statement.execute("do $$ begin if not exists (select 1 from pg_policy where polrelid = '" + table
                            + "'::regclass and polpermissive) then create policy everyone on " + table
                            + " using (true); end if; end $$");
                }
            }
        }
    }

    @Override
    public <T> T transact(Actor actor, Work<T> work) throws SQLException {
        Transaction before = UNDER_WAY.get();
        return before == null
                ? this.<T, SQLException>within(true, begun -> lend(begun, actor, work))
                : lend(before, actor, work);
    }

    /** The first on a connection decides on the tenant until it ends; what it calls works on the same connection. */
    private static <T> T lend(Transaction transaction, Actor actor, Work<T> work) throws SQLException {
        if (transaction.lent) {
            return work.run(transaction.connection);
        }
        try (PreparedStatement stamp =
                transaction.connection.prepareStatement("select set_config('app.org_id', ?, true)")) {
            stamp.setString(1, actor.orgId() == null ? "" : actor.orgId().toString());
            stamp.execute();
        }
        transaction.lent = true;
        try {
            return work.run(transaction.connection);
        } finally {
            transaction.lent = false;
        }
    }

    /** Makes a call in one transaction, which everything joins that the plugin does on this thread. */
    <T> T inTransaction(Callable<T> call) throws Exception {
        return this.<T, Exception>within(true, transaction -> call.call());
    }

    /** Makes a call in one transaction, and rolls it back. */
    <T> T rolledBack(Callable<T> call) throws Exception {
        return this.<T, Exception>within(false, transaction -> call.call());
    }

    private <T, E extends Exception> T within(boolean keep, Body<T, E> body) throws E, SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            Transaction transaction = new Transaction(connection);
            UNDER_WAY.set(transaction);
            boolean done = false;
            T result;
            try {
                result = body.run(transaction);
                done = keep;
            } finally {
                UNDER_WAY.remove();
                if (!done) {
                    connection.rollback();
                }
            }
            if (done) {
                connection.commit();
                transaction.afterwards.forEach(Runnable::run);
            }
            return result;
        }
    }

    /** Does something when the transaction that is under way has committed, and never when it rolls back. */
    void afterCommit(Runnable something) {
        Transaction transaction = UNDER_WAY.get();
        if (transaction == null) {
            throw new IllegalStateException("An event is published in a transaction: inside of database().transact");
        }
        transaction.afterwards.add(something);
    }

    @Override
    public void close() {
        try (Connection superuser = Server.POSTGRES.getPostgresDatabase().getConnection();
                Statement statement = superuser.createStatement()) {
            statement.execute("drop database if exists " + name + " with (force)");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
