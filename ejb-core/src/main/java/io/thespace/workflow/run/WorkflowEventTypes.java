package io.thespace.workflow.run;

import io.thespace.event.EventPublisher;
import io.thespace.event.PublishedType;
import io.thespace.plugin.api.EventType;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The events of runs. Those that steps publish have the types that their documents say. */
@ApplicationScoped
class WorkflowEventTypes implements EventPublisher {

    static final String SOURCE = "/workflows";

    static final EventType STARTED = type("workflow_started", "A run was started; the subject is the workflow.");
    static final EventType WAITING =
            type("workflow_waiting", "A run came to wait for a person or an event; the subject is the workflow.");
    static final EventType COMPLETED =
            type("workflow_completed", "A run came to its end; the subject is the workflow.");
    static final EventType FAILED =
            type("workflow_failed", "A step of a run failed for good; the subject is the workflow.");
    static final EventType CANCELLED = type("workflow_cancelled", "A run was cancelled; the subject is the workflow.");

    private static EventType type(String name, String description) {
        return new EventType(name, description, WorkflowHappened.class);
    }

    @Override
    public List<PublishedType> types() {
        return List.of(STARTED, WAITING, COMPLETED, FAILED, CANCELLED).stream()
                .map(type -> new PublishedType(SOURCE, type))
                .toList();
    }
}
