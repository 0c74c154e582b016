package io.thespace.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.event.Outbox;
import io.thespace.plugin.api.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Starts runs, in the transaction of the caller. */
@ApplicationScoped
public class RunStarts {

    /** What the trigger of a run begins with that an event started. */
    static final String BY_EVENT = "event:";

    /**
     * What is to run.
     *
     * @param forUser for whom the steps act; null when that user is forgotten, and then the first step fails
     * @param trigger what started it other than a call, and at most once of this workflow; null for a call
     * @param depth how many runs stand behind it
     */
    public record Start(String workflow, int version, JsonNode input, UUID forUser, String trigger, int depth) {}

    private WorkflowTables workflows;
    private RunTables runs;
    private RunningEngine engine;
    private Outbox outbox;

    RunStarts() {}

    @Inject
    RunStarts(WorkflowTables workflows, RunTables runs, RunningEngine engine, Outbox outbox) {
        this.workflows = workflows;
        this.runs = runs;
        this.engine = engine;
        this.outbox = outbox;
    }

    /** Whether a run has not ended whose trigger begins with this and a colon. */
    public boolean underWay(Actor actor, String workflow, String trigger) {
        return runs.underWay(actor, workflow, trigger + ":");
    }

    /** The run; empty when the trigger has started one of this workflow already. */
    public Optional<UUID> start(Actor actor, Start start) {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        if (!runs.addRun(actor, id, start, Instant.now())) {
            return Optional.empty();
        }
        String definition = workflows
                .engineDefinition(actor, start.workflow(), start.version())
                .orElseThrow();
        engine.get()
                .getRuntimeService()
                .createProcessInstanceBuilder()
                .processDefinitionId(definition)
                .predefineProcessInstanceId(id.toString())
                .startAsync();
        RunView run = runs.run(actor, id).orElseThrow();
        outbox.publish(
                actor,
                WorkflowEventTypes.SOURCE,
                WorkflowEventTypes.STARTED,
                start.workflow(),
                WorkflowHappened.of(run));
        return Optional.of(id);
    }
}
