package io.thespace.plugin;

import io.thespace.endpoint.EndpointError;
import io.thespace.plugin.api.Rejection;
import io.thespace.tenant.RoleSession.Lease;
import io.thespace.tenant.RoleSession.Ticket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;

/**
 * The database sessions of one installed plugin on this node: each signed in as the plugin's own role, and reset ({@code DISCARD ALL})
 * before another call gets it. Closed when idle for a minute.
 */
final class SessionPool implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final Duration SWEEP = Duration.ofSeconds(30);

    /** The time after its last use within which a session needs no validation. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private static final int PROBE_LIMIT_SECONDS = 2;

    /** The maximum validity of a ticket on its way to the database. */
    private static final long TICKET_SECONDS = 60;

    private static final String ALGORITHM = "HmacSHA256";

    private final String plugin;
    private final String role;
    private final byte[] key;
    private final GenericObjectPool<Session> sessions;
    private final Set<Session> lent = ConcurrentHashMap.newKeySet();

    /**
     * An empty pool.
     *
     * @param database opens a session of the role
     * @param key signs tickets, see {@code core.plugin_call_key}
     * @param size the maximum of sessions
     */
    SessionPool(String plugin, String role, DataSource database, byte[] key, int size) {
        this.plugin = plugin;
        this.role = role;
        this.key = key.clone();
        GenericObjectPoolConfig<Session> limits = new GenericObjectPoolConfig<>();
        limits.setMaxTotal(size);
        limits.setMaxIdle(size);
        limits.setMaxWait(PATIENCE);
        limits.setTestOnBorrow(true);
        limits.setTimeBetweenEvictionRuns(SWEEP);
        limits.setMinEvictableIdleDuration(IDLE);
        limits.setJmxEnabled(false);
        this.sessions = new GenericObjectPool<>(new Sessions(database), limits);
    }

    String role() {
        return role;
    }

    /**
     * Lends a session.
     *
     * @throws Rejection {@code PLUGIN_BUSY} when all are lent for too long
     * @throws SQLException when the database cannot be reached
     */
    Lease lend() throws SQLException {
        try {
            Session session = sessions.borrowObject();
            lent.add(session);
            return session;
        } catch (NoSuchElementException e) {
            throw Rejection.later(
                    EndpointError.PLUGIN_BUSY,
                    "The plugin %s uses all of its database sessions. Try again in a moment.".formatted(plugin),
                    Duration.ofSeconds(1));
        } catch (SQLException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("The pool of the plugin " + plugin + " failed", e);
        }
    }

    /** Closes all sessions, those that a call does not give back included. */
    @Override
    public void close() {
        sessions.close();
        for (Session session : lent) {
            session.abort();
        }
    }

    private final class Session implements Lease {

        private final Connection connection;
        private final int process;

        private Session(Connection connection) throws SQLException {
            this.connection = connection;
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
                row.next();
                process = row.getInt(1);
            }
        }

        @Override
        public Connection connection() {
            return connection;
        }

        @Override
        public Ticket ticket(UUID orgId) {
            long until = System.currentTimeMillis() / 1000 + TICKET_SECONDS;
            String text = "%s|%d|%s|%d".formatted(role, process, orgId == null ? "none" : orgId, until);
            try {
                Mac mac = Mac.getInstance(ALGORITHM);
                mac.init(new SecretKeySpec(key, ALGORITHM));
                return new Ticket(
                        orgId, until, HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8))));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Every Java has " + ALGORITHM, e);
            }
        }

        @Override
        public void end(boolean reusable) {
            lent.remove(this);
            if (!reusable) {
                abort();
            }
            try {
                // A session that cannot be reset, or that is returned to a closed pool, is closed.
                if (reusable) {
                    sessions.returnObject(this);
                } else {
                    sessions.invalidateObject(this);
                }
            } catch (Exception e) {
                throw new IllegalStateException("The pool of the plugin " + plugin + " failed", e);
            }
        }

        /** Closes the socket without waiting for the server, which rolls back. */
        private void abort() {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException e) {
                // It is closed already.
            }
        }
    }

    private final class Sessions extends BasePooledObjectFactory<Session> {

        private final DataSource database;

        private Sessions(DataSource database) {
            this.database = database;
        }

        @Override
        public Session create() throws SQLException {
            Connection connection = database.getConnection();
            try {
                return new Session(connection);
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        }

        @Override
        public PooledObject<Session> wrap(Session session) {
            return new DefaultPooledObject<>(session);
        }

        @Override
        public boolean validateObject(PooledObject<Session> pooled) {
            try {
                Connection connection = pooled.getObject().connection;
                return pooled.getIdleDuration().compareTo(FRESH) < 0
                        ? !connection.isClosed()
                        : connection.isValid(PROBE_LIMIT_SECONDS);
            } catch (SQLException e) {
                return false;
            }
        }

        @Override
        public void passivateObject(PooledObject<Session> pooled) throws SQLException {
            Connection connection = pooled.getObject().connection;
            connection.setAutoCommit(true);
            try (Statement statement = connection.createStatement()) {
                statement.execute("discard all");
            }
            connection.clearWarnings();
        }

        @Override
        public void destroyObject(PooledObject<Session> pooled) throws SQLException {
            pooled.getObject().connection.close();
        }
    }

    /** Returns the number of open sessions, lent or idle. */
    int open() {
        return sessions.getNumActive() + sessions.getNumIdle();
    }
}
