package io.thespace.workflow.rest;

import static io.thespace.workflow.WorkflowError.INVALID_RUN_INPUT;
import static io.thespace.workflow.WorkflowError.TOO_MANY_WORKFLOWS;
import static io.thespace.workflow.WorkflowError.WORKFLOWS_UNAVAILABLE;
import static io.thespace.workflow.WorkflowError.WORKFLOW_DISABLED;
import static io.thespace.workflow.WorkflowError.WORKFLOW_EXISTS;
import static io.thespace.workflow.WorkflowError.WORKFLOW_ID_DIFFERS;
import static io.thespace.workflow.WorkflowError.WORKFLOW_NOT_FOUND;
import static io.thespace.workflow.document.DocumentError.INVALID_WORKFLOW;

import io.thespace.endpoint.CurrentCall;
import io.thespace.endpoint.Governed;
import io.thespace.endpoint.Idempotent;
import io.thespace.endpoint.ReadableResource;
import io.thespace.endpoint.Requires;
import io.thespace.endpoint.Tool;
import io.thespace.plugin.api.Content;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.Role;
import io.thespace.workflow.ValidationView;
import io.thespace.workflow.WorkflowError;
import io.thespace.workflow.WorkflowOrder;
import io.thespace.workflow.WorkflowVersionView;
import io.thespace.workflow.WorkflowView;
import io.thespace.workflow.Workflows;
import io.thespace.workflow.document.DocumentError;
import io.thespace.workflow.overview.Diagrams;
import io.thespace.workflow.run.RunOrder;
import io.thespace.workflow.run.RunView;
import io.thespace.workflow.run.Runs;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/system/workflows}. */
@ApplicationScoped
@Governed
@Path("system/workflows")
@Tag(name = "Workflows")
@Requires(role = Role.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class WorkflowsResource {

    private Workflows workflows;
    private Runs runs;
    private Diagrams diagrams;
    private CurrentCall call;

    public WorkflowsResource() {}

    @Inject
    WorkflowsResource(Workflows workflows, Runs runs, Diagrams diagrams, CurrentCall call) {
        this.workflows = workflows;
        this.runs = runs;
        this.diagrams = diagrams;
        this.call = call;
    }

    @GET
    @Operation(
            summary = "List the workflows",
            description = "The organization's workflows, each with its latest version.")
    @Requires(role = Role.USER)
    @Tool("workflow_list")
    @ReadableResource
    public Page<WorkflowView> list() {
        return workflows.list(call.actor(), call.page());
    }

    @POST
    @Operation(
            summary = "Add a workflow",
            description =
                    "The document is BPMN 2.0, whose process's id becomes the workflow's, or of the CNCF Serverless Workflow"
                            + " DSL 1.0 in YAML or JSON, whose name does. What is not supported is refused with its place and the"
                            + " reason.")
    @APIResponse(responseCode = "201")
    @Idempotent
    @DocumentError.Refuses(INVALID_WORKFLOW)
    @WorkflowError.Refuses({WORKFLOW_EXISTS, TOO_MANY_WORKFLOWS, WORKFLOWS_UNAVAILABLE})
    public WorkflowView create(@Valid WorkflowOrder order) {
        return workflows.create(call.actor(), order);
    }

    @POST
    @Path("validate")
    @Operation(
            summary = "Validate a workflow",
            description = "Validates a document like a new workflow, without storing it.")
    @DocumentError.Refuses(INVALID_WORKFLOW)
    public ValidationView validate(@Valid WorkflowOrder order) {
        return workflows.validate(call.actor(), order);
    }

    @GET
    @Path("{id}")
    @Operation(summary = "Get a workflow", description = "One workflow, with its latest version.")
    @Requires(role = Role.USER)
    @WorkflowError.Refuses(WORKFLOW_NOT_FOUND)
    @Tool("workflow_get")
    @ReadableResource
    public WorkflowView find(@PathParam("id") @Parameter(description = "The workflow.") String id) {
        return workflows.find(call.actor(), id);
    }

    @PUT
    @Path("{id}")
    @Operation(
            summary = "Add a version of a workflow",
            description =
                    "New runs start with it. Runs that are under way stay with their version. A disabled workflow is"
                            + " active again.")
    @DocumentError.Refuses(INVALID_WORKFLOW)
    @WorkflowError.Refuses({WORKFLOW_NOT_FOUND, WORKFLOW_ID_DIFFERS, WORKFLOWS_UNAVAILABLE})
    public WorkflowView change(
            @PathParam("id") @Parameter(description = "The workflow.") String id, @Valid WorkflowOrder order) {
        return workflows.change(call.actor(), id, order);
    }

    @DELETE
    @Path("{id}")
    @Operation(
            summary = "Disable a workflow",
            description = "No new run of it starts until a new version is put. Its versions and its runs stay.")
    @WorkflowError.Refuses(WORKFLOW_NOT_FOUND)
    public void disable(@PathParam("id") @Parameter(description = "The workflow.") String id) {
        workflows.disable(call.actor(), id);
    }

    @GET
    @Path("{id}/versions")
    @Operation(
            summary = "List the versions of a workflow",
            description = "The latest first, each with its document. A version never changes.")
    @WorkflowError.Refuses(WORKFLOW_NOT_FOUND)
    public Page<WorkflowVersionView> versions(@PathParam("id") @Parameter(description = "The workflow.") String id) {
        return workflows.versions(call.actor(), id, call.page());
    }

    @GET
    @Path("{id}/diagram.svg")
    @Produces("image/svg+xml")
    @Operation(
            summary = "Get the diagram of a workflow",
            description = "The BPMN diagram of the latest version, for light and dark pages.")
    @Requires(role = Role.USER)
    @WorkflowError.Refuses(WORKFLOW_NOT_FOUND)
    public Content diagram(@PathParam("id") @Parameter(description = "The workflow.") String id) {
        return diagrams.ofWorkflow(call.actor(), id);
    }

    @POST
    @Path("{id}/runs")
    @Operation(
            summary = "Start a run",
            description = "Starts a run of the latest version, whose steps act as the caller. It runs in the"
                    + " background; `state` shows its progress.")
    @APIResponse(responseCode = "202")
    @Idempotent
    @Requires(role = Role.USER)
    @WorkflowError.Refuses({WORKFLOW_NOT_FOUND, WORKFLOW_DISABLED, INVALID_RUN_INPUT, WORKFLOWS_UNAVAILABLE})
    @Tool("workflow_start")
    public RunView start(@PathParam("id") @Parameter(description = "The workflow.") String id, @Valid RunOrder order) {
        return runs.start(call.actor(), id, order);
    }
}
