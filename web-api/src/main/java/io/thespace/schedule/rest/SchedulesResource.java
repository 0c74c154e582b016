package io.thespace.schedule.rest;

import static io.thespace.schedule.ScheduleError.INVALID_SCHEDULE;
import static io.thespace.schedule.ScheduleError.SCHEDULE_NOT_FOUND;
import static io.thespace.schedule.ScheduleError.TOO_MANY_SCHEDULES;
import static io.thespace.workflow.WorkflowError.WORKFLOW_NOT_FOUND;

import io.thespace.endpoint.CurrentCall;
import io.thespace.endpoint.Governed;
import io.thespace.endpoint.Idempotent;
import io.thespace.endpoint.Requires;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.Role;
import io.thespace.schedule.ScheduleError;
import io.thespace.schedule.ScheduleOrder;
import io.thespace.schedule.ScheduleView;
import io.thespace.schedule.Schedules;
import io.thespace.workflow.WorkflowError;
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
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/system/schedules}. */
@ApplicationScoped
@Governed
@Path("system/schedules")
@Tag(name = "Schedules")
@Requires(role = Role.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class SchedulesResource {

    private Schedules schedules;
    private CurrentCall call;

    public SchedulesResource() {}

    @Inject
    SchedulesResource(Schedules schedules, CurrentCall call) {
        this.schedules = schedules;
        this.call = call;
    }

    @GET
    @Operation(
            summary = "List the schedules",
            description = "The times at which runs of the organization's workflows start, the oldest schedule first.")
    public Page<ScheduleView> list() {
        return schedules.list(call.actor(), call.page());
    }

    @POST
    @Operation(
            summary = "Add a schedule",
            description = "Starts runs of a workflow at the times of a cron expression in a time zone, or once. The"
                    + " steps act as the caller. The response lists the next ten times.")
    @APIResponse(responseCode = "201")
    @Idempotent
    @ScheduleError.Refuses({INVALID_SCHEDULE, TOO_MANY_SCHEDULES})
    @WorkflowError.Refuses(WORKFLOW_NOT_FOUND)
    public ScheduleView create(@Valid ScheduleOrder order) {
        return schedules.create(call.actor(), order);
    }

    @GET
    @Path("{id}")
    @Operation(
            summary = "Get a schedule",
            description = "One schedule, with its next ten times and the outcome of the last one.")
    @ScheduleError.Refuses(SCHEDULE_NOT_FOUND)
    public ScheduleView find(@PathParam("id") @Parameter(description = "The schedule.") UUID id) {
        return schedules.find(call.actor(), id);
    }

    @PUT
    @Path("{id}")
    @Operation(
            summary = "Replace a schedule",
            description =
                    "Its runs act as the caller from now on. Missed times before the change are not caught" + " up.")
    @ScheduleError.Refuses({INVALID_SCHEDULE, SCHEDULE_NOT_FOUND})
    @WorkflowError.Refuses(WORKFLOW_NOT_FOUND)
    public ScheduleView change(
            @PathParam("id") @Parameter(description = "The schedule.") UUID id, @Valid ScheduleOrder order) {
        return schedules.change(call.actor(), id, order);
    }

    @DELETE
    @Path("{id}")
    @Operation(summary = "Delete a schedule", description = "No further run starts. Those that it started go on.")
    @ScheduleError.Refuses(SCHEDULE_NOT_FOUND)
    public void delete(@PathParam("id") @Parameter(description = "The schedule.") UUID id) {
        schedules.delete(call.actor(), id);
    }
}
