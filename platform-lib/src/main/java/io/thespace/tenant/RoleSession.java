package io.thespace.tenant;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A session of a role other than the application's that is enlisted in a JTA transaction: the session of an installed
 * plugin. Its transaction begins with a ticket that binds it to one tenant, and the database rejects its commit unless
 * the ticket was presented again (schema {@code plugin_call}). Writes of the platform in the same transaction use that
 * session too, so that everything is committed at once; the platform's own connection holds locks at most.
 */
public final class RoleSession implements Synchronization {

    /** A session that a pool lends. */
    public interface Lease {

        Connection connection();

        /** Signs a ticket for one transaction of an organization in this session; null for none. */
        Ticket ticket(UUID orgId);

        /**
         * Gives the session back.
         *
         * @param reusable false when it may be broken
         */
        void end(boolean reusable);
    }

    /** Lends a session. */
    @FunctionalInterface
    public interface Lender {
        Lease lend() throws SQLException;
    }

    /** Work on the session as the platform. */
    @FunctionalInterface
    public interface Work<T> {
        /**
         * Does the work.
         *
         * @param ticket opens the functions of {@code plugin_call} in this transaction
         */
        T run(Connection connection, String ticket) throws SQLException;
    }

    /**
     * The permission to work for one tenant in one transaction of one session.
     *
     * @param orgId null for none
     * @param untilSeconds since 1970
     * @param signature an HMAC over all of it, in hexadecimal digits
     */
    public record Ticket(UUID orgId, long untilSeconds, String signature) {}

    private enum State {
        OPEN,
        COMMITTED,
        BROKEN
    }

    private static final System.Logger LOG = System.getLogger(RoleSession.class.getName());

    private final String role;
    private final Lease lease;
    private final Ticket ticket;
    private final GuardedConnection lent;
    private final Thread thread = Thread.currentThread();
    private final List<Runnable> afterCommit = new ArrayList<>(1);
    private State state = State.OPEN;

    private RoleSession(String role, Lease lease, Ticket ticket) {
        this.role = role;
        this.lease = lease;
        this.ticket = ticket;
        this.lent = GuardedConnection.lent(lease.connection());
    }

    /** Returns the session enlisted in the active transaction; null without one. */
    public static RoleSession current() {
        return current(TransactionConnection.transactions());
    }

    static RoleSession current(TransactionSynchronizationRegistry registry) {
        return registry == null || registry.getTransactionKey() == null
                ? null
                : (RoleSession) registry.getResource(RoleSession.class);
    }

    /**
     * The session of a role in the active transaction; it begins with the first call. Completed with the transaction.
     *
     * @param orgId the tenant; null for none
     * @throws IllegalStateException without a transaction, or when it is another role's or another tenant's already
     */
    public static RoleSession join(String role, UUID orgId, Lender lender) throws SQLException {
        return join(role, orgId, lender, TransactionConnection.transactions());
    }

    /** As {@link #join(String, UUID, Lender)}, in the active transaction of a registry. */
    public static RoleSession join(String role, UUID orgId, Lender lender, TransactionSynchronizationRegistry registry)
            throws SQLException {
        if (registry == null || registry.getTransactionKey() == null) {
            throw new IllegalStateException("The session of a role takes part in a transaction");
        }
        RoleSession there = current(registry);
        if (there != null) {
            there.check(role, orgId);
            return there;
        }
        Lease lease = lender.lend();
        RoleSession session = null;
        try {
            RoleSession begun = new RoleSession(role, lease, lease.ticket(orgId));
            begun.begin();
            registry.registerInterposedSynchronization(begun);
            registry.putResource(RoleSession.class, begun);
            session = begun;
            return session;
        } finally {
            if (session == null) {
                lease.end(false);
            }
        }
    }

    private void check(String ofRole, UUID orgId) {
        if (!role.equals(ofRole)) {
            throw new IllegalStateException("The transaction belongs to the role " + role);
        }
        if (orgId == null ? ticket.orgId() != null : !orgId.equals(ticket.orgId())) {
            throw new IllegalStateException("The transaction belongs to another organization");
        }
    }

    private void begin() throws SQLException {
        Connection connection = lease.connection();
        connection.setAutoCommit(false);
        try (PreparedStatement statement = connection.prepareStatement("select plugin_call.begin_call(?, ?, ?)")) {
            statement.setObject(1, ticket.orgId());
            statement.setLong(2, ticket.untilSeconds());
            statement.setString(3, ticket.signature());
            statement.execute();
        }
    }

    /** The connection for the role's own code, until the transaction completes. */
    public Connection connection() {
        return lent.connection();
    }

    /** Works on the session for the platform. */
    public <T> T asPlatform(Work<T> work) throws SQLException {
        return work.run(lease.connection(), ticket.signature());
    }

    /** Runs an action when the transaction has committed, and not when it is rolled back. A failure of the action is logged. */
    public void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    /**
     * Commits the session, before the transaction commits its other resources. A second call has no effect. A second
     * call does nothing.
     *
     * @throws SQLException when the database rejects the commit; the transaction then has to be rolled back
     */
    public void commit() throws SQLException {
        if (state != State.OPEN) {
            return;
        }
        lent.revoke();
        state = State.BROKEN;
        Connection connection = lease.connection();
        try (PreparedStatement statement = connection.prepareStatement("select plugin_call.end_call(?)")) {
            statement.setString(1, ticket.signature());
            statement.execute();
        }
        try {
            connection.commit();
        } catch (SQLException e) {
            throw ReopeningConnection.lost(e)
                    ? new SQLException(SpaceDataSource.LOST_AT_COMMIT + ": " + e.getMessage(), e.getSQLState(), e)
                    : e;
        }
        state = State.COMMITTED;
    }

    @Override
    public void beforeCompletion() {
        try {
            commit();
        } catch (SQLException e) {
            throw new IllegalStateException("The session of the role " + role + " could not commit", e);
        }
    }

    @Override
    public void afterCompletion(int status) {
        lent.revoke();
        boolean committed = status == Status.STATUS_COMMITTED;
        if (state == State.COMMITTED && !committed) {
            LOG.log(System.Logger.Level.ERROR, "The session of role {0} committed, its transaction did not", role);
        }
        lease.end(state == State.COMMITTED || rolledBack());
        if (committed) {
            afterCommit.forEach(RoleSession::run);
        }
    }

    private boolean rolledBack() {
        // The transaction manager's own thread: the one of the call may wait for the database, which keeps the
        // connection.
        if (Thread.currentThread() != thread) {
            return false;
        }
        try {
            lease.connection().rollback();
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private static void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "Action after a commit failed", e);
        }
    }
}
