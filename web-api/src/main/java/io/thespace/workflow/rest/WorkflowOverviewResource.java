package io.thespace.workflow.rest;

import io.thespace.endpoint.CurrentCall;
import io.thespace.endpoint.Governed;
import io.thespace.endpoint.Requires;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.Role;
import io.thespace.workflow.overview.WorkflowSummaries;
import io.thespace.workflow.overview.WorkflowSummary;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/control-center/workflows}: how workflows are doing. */
@ApplicationScoped
@Governed
@Path("control-center/workflows")
@Tag(name = "Workflows")
@Requires(role = Role.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class WorkflowOverviewResource {

    private WorkflowSummaries workflows;
    private CurrentCall call;

    public WorkflowOverviewResource() {}

    @Inject
    WorkflowOverviewResource(WorkflowSummaries workflows, CurrentCall call) {
        this.workflows = workflows;
        this.call = call;
    }

    @GET
    @Operation(
            summary = "Show how the workflows are doing",
            description = "The organization's workflows, each with the run that started last.")
    public Page<WorkflowSummary> overview() {
        return workflows.list(call.actor(), call.page());
    }
}
