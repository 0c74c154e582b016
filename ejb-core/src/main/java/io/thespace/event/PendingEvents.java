package io.thespace.event;

import io.thespace.log.Log;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.EventType;
import io.thespace.tenant.Tenant;
import io.thespace.transaction.TransactionStatements;
import io.thespace.transaction.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Events whose cause has no transaction, such as an upstream that fails. They are written within a second, each in a transaction of
 * its own. Those of the last second are lost when the node is killed; more than {@link #MAX_WAITING} that wait are not taken.
 */
@ApplicationScoped
public class PendingEvents {

    static final int MAX_WAITING = 1_000;

    /** The maximum of attempts to write an event that cannot be written, one per second. */
    private static final int MAX_ATTEMPTS = 300;

    private static final Log LOG = Log.of(PendingEvents.class);

    private record Waiting(
            Callable<Optional<UUID>> organization,
            String requestId,
            String source,
            EventType type,
            String subject,
            Object data,
            int attempts) {

        Waiting again() {
            return new Waiting(organization, requestId, source, type, subject, data, attempts + 1);
        }
    }

    private final BlockingDeque<Waiting> queue = new LinkedBlockingDeque<>(MAX_WAITING);
    private final AtomicLong dropped = new AtomicLong();
    private Outbox outbox;
    private Transactions transactions;
    private TransactionStatements statements;

    PendingEvents() {}

    @Inject
    PendingEvents(Outbox outbox, Transactions transactions, TransactionStatements statements) {
        this.outbox = outbox;
        this.transactions = transactions;
        this.statements = statements;
    }

    /**
     * Queues an event of the platform itself, which belongs to the platform's organization. Never blocks and never
     * fails. Never waits and never fails.
     */
    public void add(String source, EventType type, String subject, Object data) {
        add(this::platformOrganization, "platform", source, type, subject, data);
    }

    /** The organization that gets the events of the platform itself; empty before there is any. */
    @SuppressWarnings("try") // the tenant is bound as long as it is open
    private Optional<UUID> platformOrganization() throws Exception {
        try (Tenant tenant = Tenant.bind(null)) {
            return transactions.required(() -> statements.run(connection -> {
                try (Statement statement = connection.createStatement();
                        ResultSet row = statement.executeQuery("select core.platform_organization()")) {
                    row.next();
                    return Optional.ofNullable(row.getObject(1, UUID.class));
                }
            }));
        }
    }

    /**
     * Takes an event.
     *
     * @param organization finds whose it is, when it is written; empty when it belongs to none, and is dropped
     */
    void add(
            Callable<Optional<UUID>> organization,
            String requestId,
            String source,
            EventType type,
            String subject,
            Object data) {
        if (!queue.offerLast(new Waiting(organization, requestId, source, type, subject, data, 1))) {
            dropped.incrementAndGet();
        }
    }

    /** Writes what waits; stops at the first that cannot be written now. */
    public void flush() {
        long lost = dropped.getAndSet(0);
        if (lost > 0) {
            LOG.warning("Events dropped, since too many wait to be written", "lost", lost);
        }
        // Bounded by the initial size: events that arrive meanwhile are left to the next run, a second later.
        for (int left = queue.size(); left > 0; left--) {
            Waiting next = queue.pollFirst();
            try {
                write(next);
            } catch (Exception e) {
                LOG.warning("Event not written", "type", next.type().name(), "attempt", next.attempts(), "cause", e);
                if (next.attempts() == MAX_ATTEMPTS || !queue.offerFirst(next.again())) {
                    dropped.incrementAndGet();
                }
                return;
            }
        }
    }

    @SuppressWarnings("try") // the tenant is bound as long as it is open
    private void write(Waiting event) throws Exception {
        Optional<UUID> orgId = event.organization().call();
        if (orgId.isEmpty()) {
            return;
        }
        try (Tenant tenant = Tenant.bind(orgId.get())) {
            transactions.required(() -> {
                outbox.publish(
                        Actor.platform(orgId.get(), event.requestId()),
                        event.source(),
                        event.type(),
                        event.subject(),
                        event.data());
                return null;
            });
        }
    }
}
