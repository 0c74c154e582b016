package io.thespace.workflow.rest;

import static io.thespace.workflow.WorkflowError.INVALID_ASSIGNEE;
import static io.thespace.workflow.WorkflowError.TASK_CLAIMED;
import static io.thespace.workflow.WorkflowError.TASK_CLOSED;
import static io.thespace.workflow.WorkflowError.TASK_NOT_FOUND;
import static io.thespace.workflow.WorkflowError.WORKFLOWS_UNAVAILABLE;

import io.thespace.endpoint.CurrentCall;
import io.thespace.endpoint.Governed;
import io.thespace.endpoint.Idempotent;
import io.thespace.endpoint.Requires;
import io.thespace.endpoint.Tool;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.Role;
import io.thespace.workflow.WorkflowError;
import io.thespace.workflow.task.AssignmentOrder;
import io.thespace.workflow.task.CompletionOrder;
import io.thespace.workflow.task.TaskState;
import io.thespace.workflow.task.TaskView;
import io.thespace.workflow.task.Tasks;
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

/** {@code /api/system/tasks}: what people do in runs. */
@ApplicationScoped
@Governed
@Path("system/tasks")
@Tag(name = "Workflow tasks")
@Requires(role = Role.USER)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class TasksResource {

    private Tasks tasks;
    private CurrentCall call;

    public TasksResource() {}

    @Inject
    TasksResource(Tasks tasks, CurrentCall call) {
        this.tasks = tasks;
        this.call = call;
    }

    @GET
    @Operation(
            summary = "List the tasks",
            description = "The tasks that the caller may do, their own and those for their role, the newest first.")
    @Tool("workflow_tasks")
    public Page<TaskView> list(
            @QueryParam("state") @Parameter(description = "Only tasks that stand so.") TaskState state) {
        return tasks.list(call.actor(), state, call.page());
    }

    @GET
    @Path("{id}")
    @Operation(summary = "Get a task", description = "One task that the caller may do.")
    @WorkflowError.Refuses(TASK_NOT_FOUND)
    public TaskView find(@PathParam("id") @Parameter(description = "The task.") UUID id) {
        return tasks.find(call.actor(), id);
    }

    @POST
    @Path("{id}/claim")
    @Operation(summary = "Claim a task", description = "Assigns the task to the caller.")
    @Idempotent
    @WorkflowError.Refuses({TASK_NOT_FOUND, TASK_CLOSED, TASK_CLAIMED})
    @Tool("workflow_task_claim")
    public TaskView claim(@PathParam("id") @Parameter(description = "The task.") UUID id) {
        return tasks.claim(call.actor(), id);
    }

    @POST
    @Path("{id}/reassign")
    @Operation(
            summary = "Reassign a task",
            description = "Assigns the task to another user, or returns it to its role, even if it is claimed.")
    @Idempotent
    @Requires(role = Role.ADMIN)
    @WorkflowError.Refuses({TASK_NOT_FOUND, TASK_CLOSED, INVALID_ASSIGNEE})
    public TaskView reassign(
            @PathParam("id") @Parameter(description = "The task.") UUID id, @Valid AssignmentOrder order) {
        return tasks.reassign(call.actor(), id, order);
    }

    @POST
    @Path("{id}/complete")
    @Operation(
            summary = "Complete a task",
            description = "The run goes on; conditions behind the task find the decision as"
                    + " `.steps.{element}.decision`.")
    @Idempotent
    @WorkflowError.Refuses({TASK_NOT_FOUND, TASK_CLOSED, TASK_CLAIMED, WORKFLOWS_UNAVAILABLE})
    @Tool("workflow_task_complete")
    public TaskView complete(
            @PathParam("id") @Parameter(description = "The task.") UUID id, @Valid CompletionOrder order) {
        return tasks.complete(call.actor(), id, order);
    }
}
