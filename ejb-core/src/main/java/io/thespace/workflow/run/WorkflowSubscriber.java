package io.thespace.workflow.run;

import io.thespace.event.relay.Delivery;
import io.thespace.event.relay.Interest;
import io.thespace.event.relay.Subscriber;
import io.thespace.event.relay.Subscribers;
import io.thespace.plugin.api.Rejection;
import io.thespace.transaction.Rows;
import io.thespace.transaction.Transactions;
import io.thespace.workflow.WorkflowError;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import java.util.List;

/** Gets the events that workflows listen to, for all organizations. */
@ApplicationScoped
public class WorkflowSubscriber implements Subscribers, Subscriber {

    static final String NAME = "workflows";

    @EJB
    private EventTriggers triggers;

    @Inject
    private Rows rows;

    @Inject
    private Transactions transactions;

    @Override
    public List<Subscriber> subscribers() {
        return List.of(this);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Interest> interests() {
        try {
            return transactions.required(() -> rows.list(
                    "select source, type from core.workflow_listener_types() order by type, source",
                    row -> new Interest(row.getString(1), row.getString(2))));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new PersistenceException("The events that workflows listen to cannot be read", e);
        }
    }

    @Override
    public Outcome deliver(Delivery delivery) {
        try {
            triggers.take(delivery);
            return Outcome.DELIVERED;
        } catch (Rejection e) {
            if (e.code() == WorkflowError.WORKFLOWS_UNAVAILABLE) {
                return Outcome.UNAVAILABLE;
            }
            throw e;
        }
    }
}
