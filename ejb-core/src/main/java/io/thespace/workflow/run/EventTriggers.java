package io.thespace.workflow.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.thespace.event.CloudEvent;
import io.thespace.event.EventView;
import io.thespace.event.relay.Delivery;
import io.thespace.json.Json;
import io.thespace.log.Log;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import io.thespace.tenant.Tenant;
import io.thespace.workflow.RunningEngine;
import io.thespace.workflow.WorkflowTables;
import io.thespace.workflow.document.Expressions;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;

/**
 * Starts the runs that an event starts, and wakes those that wait for it, in one transaction with the relay's position:
 * exactly once, even if a node is killed.
 */
@Stateless
public class EventTriggers {

    private static final Log LOG = Log.of(EventTriggers.class);

    @Inject
    WorkflowTables workflows;

    @Inject
    RunTables runs;

    @Inject
    WaitTables waits;

    @Inject
    RunStarts starts;

    @Inject
    RunningEngine engine;

    /**
     * Takes one event.
     *
     * @throws Rejection {@code WORKFLOWS_UNAVAILABLE}
     */
    @SuppressWarnings("try") // the tenant is bound as long as it is open
    public void take(Delivery delivery) {
        EventView event = delivery.event();
        Actor platform = Actor.platform(delivery.orgId(), event.requestId());
        try (Tenant tenant = Tenant.bind(delivery.orgId())) {
            // A user that the simulator plays starts nothing.
            if (!event.synthetic()) {
                start(platform, event);
            }
            goOn(platform, event);
            delivery.acknowledge();
        }
    }

    private void start(Actor platform, EventView event) {
        JsonNode input = json(event);
        int depth = RunTables.runOf(event.requestId())
                .flatMap(run -> runs.depth(platform, run))
                .map(behind -> behind + 1)
                .orElse(0);
        for (WorkflowTables.Listener listener : workflows.startedBy(platform, event)) {
            if (!holds(listener.condition(), input, listener.workflow())) {
                continue;
            }
            if (depth > RunStarts.MAX_DEPTH) {
                LOG.warning(
                        "Event starts no run: maximum depth of runs that start each other reached",
                        "workflow",
                        listener.workflow(),
                        "event",
                        event.id(),
                        "runs",
                        depth);
                continue;
            }
            starts.start(
                    platform,
                    new RunStarts.Start(
                            listener.workflow(),
                            listener.version(),
                            input,
                            listener.author(),
                            RunStarts.BY_EVENT + event.id(),
                            depth,
                            null));
        }
    }

    private void goOn(Actor platform, EventView event) {
        JsonNode output = json(event);
        for (WaitTables.Wait wait : waits.forEvent(platform, event)) {
            if (holds(wait.condition(), output, wait.runId().toString())) {
                waits.remove(platform, wait.execution());
                runs.stepTook(platform, wait.runId(), wait.execution(), wait.element(), event, output);
                engine.get().getRuntimeService().triggerAsync(wait.execution());
            }
        }
    }

    /** Returns an event as a workflow gets it: its CloudEvent. */
    static JsonNode json(EventView event) {
        try {
            // As text in between, since the event's data are raw JSON.
            return Json.MAPPER.readTree(Json.MAPPER.writeValueAsString(CloudEvent.of(event)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An event cannot be read as JSON", e);
        }
    }

    /** Whether an event's condition is true; one that fails is not, and must not keep the event from other workflows. */
    static boolean holds(String condition, JsonNode event, String of) {
        try {
            return condition == null || Expressions.holds(condition, event);
        } catch (Rejection e) {
            LOG.warning("The condition of an event failed", "of", of, "cause", e.getMessage());
            return false;
        }
    }
}
