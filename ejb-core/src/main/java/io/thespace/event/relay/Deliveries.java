package io.thespace.event.relay;

import io.thespace.event.EventView;
import io.thespace.tenant.RoleSession;
import io.thespace.tenant.Tenant;
import io.thespace.transaction.TransactionStatements;
import io.thespace.transaction.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The positions of subscribers. Each method is one transaction, or joins the active one. Not a session bean: a plugin's handler
 * acknowledges from inside its call, which may never return.
 */
@ApplicationScoped
class Deliveries {

    /** {@code object_not_in_prerequisite_state}: what the functions answer to a lease that is not the current one. */
    private static final String LOST = "55000";

    /**
     * The right to deliver to a subscriber.
     *
     * @param id drawn for each claim
     */
    record Lease(String subscriber, UUID id) {}

    /**
     * The next event for a subscriber.
     *
     * @param subjectHash the same for all events of one subject
     * @param attempts the number of failed attempts
     * @param wanted false for an event that is only skipped
     * @param blocked whether an earlier event of its subject is in the backlog
     */
    record Next(
            long position, UUID eventId, UUID orgId, long subjectHash, int attempts, boolean wanted, boolean blocked) {}

    private Transactions transactions;
    private TransactionStatements statements;

    Deliveries() {}

    @Inject
    Deliveries(Transactions transactions, TransactionStatements statements) {
        this.transactions = transactions;
        this.statements = statements;
    }

    /** Runs statements in a transaction with a tenant; null for none. */
    @SuppressWarnings("try") // the tenant is bound as long as it is open
    <T> T run(UUID orgId, TransactionStatements.Work<T> work) {
        try (Tenant tenant = Tenant.bind(orgId)) {
            return transactions.required(() -> statements.run(work));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new PersistenceException("A transaction of the event relay failed", e);
        }
    }

    /** Whether a failure means that another node delivers to the subscriber now. */
    static boolean lost(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e && LOST.equals(e.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    /**
     * Assigns positions in the log to committed events.
     *
     * @return the number of events; fewer than the limit when there are no more
     */
    int sequence(int limit) {
        return call("select core.sequence_events(?)", ResultSet::getInt, limit);
    }

    /** Adds a subscriber behind the last event of the log, unless it is there. */
    void subscribe(String subscriber) {
        call("select core.add_event_subscriber(?)", (row, column) -> null, subscriber);
    }

    /** Adds a subscriber that gets the events of one organization, behind the last event of the log. */
    void subscribe(String subscriber, UUID orgId) {
        call("select core.add_event_subscriber(?, ?)", (row, column) -> null, subscriber, orgId);
    }

    /** Ends a pause and takes the lease away from the node that delivers. */
    void restart(String subscriber, UUID orgId) {
        call(orgId, "select core.restart_event_subscriber(?)", (row, column) -> null, subscriber);
    }

    /** Deletes a subscriber and its backlog. */
    void unsubscribe(String subscriber) {
        call("select core.remove_event_subscriber(?)", (row, column) -> null, subscriber);
    }

    /** Leases a subscriber; empty when it has nothing to do, is paused or is leased. */
    Optional<Lease> claim(String subscriber, Duration time) {
        Lease lease = new Lease(subscriber, UUID.randomUUID());
        boolean claimed =
                call("select core.claim_event_subscriber(?, ?, ?)", ResultSet::getBoolean, subscriber, lease.id(), (int)
                        time.toSeconds());
        return claimed ? Optional.of(lease) : Optional.empty();
    }

    /** Extends a lease; does nothing when it is lost. */
    void renew(Lease lease, Duration time) {
        call("select core.renew_event_subscriber(?, ?, ?)", (row, column) -> null, lease.subscriber(), lease.id(), (int)
                time.toSeconds());
    }

    void release(Lease lease) {
        call("select core.release_event_subscriber(?, ?)", (row, column) -> null, lease.subscriber(), lease.id());
    }

    /** Returns the next events: due retries first, then those that follow the position, in order. */
    List<Next> next(Lease lease, Duration time, List<Interest> interests, int limit, int maxBacklog) {
        return run(null, connection -> {
            try (PreparedStatement statement = connection.prepareStatement("select at, event_id, org_id, subject_hash,"
                    + " attempts, wanted, blocked from core.next_event_deliveries(?, ?, ?, ?, ?, ?, ?)")) {
                bind(
                        statement,
                        lease.subscriber(),
                        lease.id(),
                        (int) time.toSeconds(),
                        texts(
                                connection,
                                interests.stream().map(Interest::source).toArray(String[]::new)),
                        texts(connection, interests.stream().map(Interest::type).toArray(String[]::new)),
                        limit,
                        maxBacklog);
                List<Next> found = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        found.add(new Next(
                                rows.getLong(1),
                                rows.getObject(2, UUID.class),
                                rows.getObject(3, UUID.class),
                                rows.getLong(4),
                                rows.getInt(5),
                                rows.getBoolean(6),
                                rows.getBoolean(7)));
                    }
                }
                return found;
            }
        });
    }

    private static java.sql.Array texts(Connection connection, String[] values) throws SQLException {
        return connection.createArrayOf("text", values);
    }

    /** An event as its organization sees it; empty when it was deleted. */
    Optional<EventView> find(UUID orgId, UUID eventId) {
        return run(orgId, connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("select id, source, type, subject, recorded_at,"
                            + " actor_id, request_id, synthetic, data from core.events where org_id = ? and id = ?")) {
                bind(statement, orgId, eventId);
                try (ResultSet row = statement.executeQuery()) {
                    return row.next()
                            ? Optional.of(new EventView(
                                    row.getObject(1, UUID.class),
                                    row.getString(2),
                                    row.getString(3),
                                    row.getString(4),
                                    row.getObject(5, OffsetDateTime.class).toInstant(),
                                    row.getObject(6, UUID.class),
                                    row.getString(7),
                                    row.getBoolean(8),
                                    row.getString(9)))
                            : Optional.empty();
                }
            }
        });
    }

    /**
     * Moves a subscriber past everything up to a position; or takes the event there out of its backlog. In the transaction of an
     * installed plugin through the plugin's session.
     */
    void delivered(Lease lease, long position, UUID orgId) {
        RoleSession session = RoleSession.current();
        if (session == null) {
            call(
                    orgId,
                    "select core.event_delivered(?, ?, ?)",
                    (row, column) -> null,
                    lease.subscriber(),
                    lease.id(),
                    position);
            return;
        }
        try {
            session.asPlatform((connection, ticket) -> query(
                    connection,
                    "select plugin_call.event_delivered(?, ?, ?, ?, ?)",
                    (row, column) -> null,
                    ticket,
                    orgId,
                    lease.subscriber(),
                    lease.id(),
                    position));
        } catch (SQLException e) {
            throw new PersistenceException("An event could not be acknowledged", e);
        }
    }

    /**
     * Records a failed attempt.
     *
     * @param failure the kind of failure, without personal data
     * @param delay until the next attempt; null to park the event
     */
    void failed(Lease lease, Next next, String failure, Duration delay) {
        call(
                "select core.event_failed(?, ?, ?, ?, ?, ?, ?, ?)",
                (row, column) -> null,
                lease.subscriber(),
                lease.id(),
                next.position(),
                next.eventId(),
                next.orgId(),
                next.subjectHash(),
                failure,
                delay == null ? null : (int) delay.toSeconds());
    }

    /** Puts an event behind the one of its subject that is in the backlog. */
    void holdBack(Lease lease, Next next) {
        call(
                "select core.event_held_back(?, ?, ?, ?, ?, ?)",
                (row, column) -> null,
                lease.subscriber(),
                lease.id(),
                next.position(),
                next.eventId(),
                next.orgId(),
                next.subjectHash());
    }

    /**
     * Gives a lease back and keeps the subscriber from being claimed.
     *
     * @param first the time of the first pause; it doubles with each in a row, up to {@code max}
     * @return the time
     */
    Duration pause(Lease lease, Duration first, Duration max) {
        int seconds = call(
                "select core.pause_event_subscriber(?, ?, ?, ?)",
                ResultSet::getInt,
                lease.subscriber(),
                lease.id(),
                (int) first.toSeconds(),
                (int) max.toSeconds());
        return Duration.ofSeconds(seconds);
    }

    /** Reads a column of a row. */
    @FunctionalInterface
    private interface Column<T> {
        T read(ResultSet row, int column) throws SQLException;
    }

    private <T> T call(String sql, Column<T> result, Object... values) {
        return call(null, sql, result, values);
    }

    private <T> T call(UUID orgId, String sql, Column<T> result, Object... values) {
        return run(orgId, connection -> query(connection, sql, result, values));
    }

    private static <T> T query(Connection connection, String sql, Column<T> result, Object... values)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return result.read(row, 1);
            }
        }
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                statement.setNull(i + 1, java.sql.Types.INTEGER);
            } else {
                statement.setObject(i + 1, values[i]);
            }
        }
    }
}
