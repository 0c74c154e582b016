package io.thespace.workflow.rest;

import static io.thespace.workflow.WorkflowError.RUN_NOT_FAILED;
import static io.thespace.workflow.WorkflowError.RUN_NOT_FOUND;
import static io.thespace.workflow.WorkflowError.RUN_NOT_RESETTABLE;
import static io.thespace.workflow.WorkflowError.RUN_NOT_WAITING;
import static io.thespace.workflow.WorkflowError.RUN_OVER;
import static io.thespace.workflow.WorkflowError.WORKFLOWS_UNAVAILABLE;

import io.thespace.endpoint.CurrentCall;
import io.thespace.endpoint.Governed;
import io.thespace.endpoint.Idempotent;
import io.thespace.endpoint.Requires;
import io.thespace.endpoint.Tool;
import io.thespace.plugin.api.Content;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.Role;
import io.thespace.workflow.WorkflowError;
import io.thespace.workflow.overview.Diagrams;
import io.thespace.workflow.run.ResetOrder;
import io.thespace.workflow.run.RunState;
import io.thespace.workflow.run.RunStepView;
import io.thespace.workflow.run.RunView;
import io.thespace.workflow.run.Runs;
import io.thespace.workflow.run.SignalOrder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/system/runs}. */
@ApplicationScoped
@Governed
@Path("system/runs")
@Tag(name = "Workflow runs")
@Requires(role = Role.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class RunsResource {

    private Runs runs;
    private Diagrams diagrams;
    private CurrentCall call;

    public RunsResource() {}

    @Inject
    RunsResource(Runs runs, Diagrams diagrams, CurrentCall call) {
        this.runs = runs;
        this.diagrams = diagrams;
        this.call = call;
    }

    @GET
    @Operation(summary = "List the runs", description = "The runs of the organization's workflows, the newest first.")
    public Page<RunView> list(
            @QueryParam("workflow_id") @Parameter(description = "Only runs of this workflow.") String workflowId,
            @QueryParam("state") @Parameter(description = "Only runs that stand so.") RunState state) {
        return runs.list(call.actor(), workflowId, state, call.page());
    }

    @GET
    @Path("{id}")
    @Operation(
            summary = "Get a run",
            description = "One run, with its input, its current steps and, when it is completed, its output.")
    @Requires(role = Role.USER)
    @WorkflowError.Refuses(RUN_NOT_FOUND)
    @Tool("workflow_run")
    public RunView find(@PathParam("id") @Parameter(description = "The run.") UUID id) {
        return runs.find(call.actor(), id);
    }

    @GET
    @Path("{id}/history")
    @Operation(
            summary = "List the steps of a run",
            description = "The steps of the run in the order in which they started; each attempt of a failed step"
                    + " is a separate item.")
    @WorkflowError.Refuses(RUN_NOT_FOUND)
    public Page<RunStepView> history(@PathParam("id") @Parameter(description = "The run.") UUID id) {
        return runs.history(call.actor(), id, call.page());
    }

    @GET
    @Path("{id}/diagram.svg")
    @Produces("image/svg+xml")
    @Operation(
            summary = "Get the diagram of a run",
            description = "The BPMN diagram of its workflow, with completed, current, failed and cancelled steps"
                    + " marked.")
    @Requires(role = Role.USER)
    @WorkflowError.Refuses(RUN_NOT_FOUND)
    public Content diagram(@PathParam("id") @Parameter(description = "The run.") UUID id) {
        return diagrams.ofRun(call.actor(), id);
    }

    @POST
    @Path("{id}/cancel")
    @Operation(
            summary = "Cancel a run",
            description =
                    "Ends its current steps and the runs that it waits for. Effects of completed steps are" + " kept.")
    @Idempotent
    @WorkflowError.Refuses({RUN_NOT_FOUND, RUN_OVER, WORKFLOWS_UNAVAILABLE})
    public RunView cancel(@PathParam("id") @Parameter(description = "The run.") UUID id) {
        return runs.cancel(call.actor(), id);
    }

    @POST
    @Path("{id}/retry")
    @Operation(summary = "Retry a run", description = "Retries its failed steps.")
    @Idempotent
    @WorkflowError.Refuses({RUN_NOT_FOUND, RUN_OVER, RUN_NOT_FAILED, WORKFLOWS_UNAVAILABLE})
    public RunView retry(@PathParam("id") @Parameter(description = "The run.") UUID id) {
        return runs.retry(call.actor(), id);
    }

    @POST
    @Path("{id}/signal")
    @Operation(
            summary = "Signal a run",
            description = "Continues the run where it waits for an event, as if the event had arrived, with the"
                    + " given output.")
    @Idempotent
    @WorkflowError.Refuses({RUN_NOT_FOUND, RUN_OVER, RUN_NOT_WAITING, WORKFLOWS_UNAVAILABLE})
    public RunView signal(@PathParam("id") @Parameter(description = "The run.") UUID id, @Valid SignalOrder order) {
        return runs.signal(call.actor(), id, order);
    }

    @POST
    @Path("{id}/reset")
    @Operation(
            summary = "Reset a run",
            description = "Continues the run from a step that it has completed. Effects of later steps are kept,"
                    + " and those steps run again when the run reaches them. Runs with parallel branches cannot"
                    + " be reset.")
    @Idempotent
    @WorkflowError.Refuses({RUN_NOT_FOUND, RUN_OVER, RUN_NOT_RESETTABLE, WORKFLOWS_UNAVAILABLE})
    public RunView reset(@PathParam("id") @Parameter(description = "The run.") UUID id, @Valid ResetOrder order) {
        return runs.reset(call.actor(), id, order);
    }
}
