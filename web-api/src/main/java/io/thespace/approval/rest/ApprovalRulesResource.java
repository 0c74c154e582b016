package io.thespace.approval.rest;

import static io.thespace.approval.ApprovalError.INVALID_RULE;
import static io.thespace.approval.ApprovalError.RULE_NOT_FOUND;
import static io.thespace.approval.ApprovalError.TOO_MANY_RULES;
import static io.thespace.workflow.WorkflowError.WORKFLOW_NOT_FOUND;

import io.thespace.approval.ApprovalError;
import io.thespace.approval.ApprovalRuleOrder;
import io.thespace.approval.ApprovalRuleView;
import io.thespace.approval.ApprovalRules;
import io.thespace.endpoint.CurrentCall;
import io.thespace.endpoint.Governed;
import io.thespace.endpoint.Requires;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.Role;
import io.thespace.workflow.WorkflowError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/control-center/approval-rules}. */
@ApplicationScoped
@Governed
@Path("control-center/approval-rules")
@Tag(name = "Workflows")
@Requires(role = Role.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ApprovalRulesResource {

    private ApprovalRules rules;
    private CurrentCall call;

    public ApprovalRulesResource() {}

    @Inject
    ApprovalRulesResource(ApprovalRules rules, CurrentCall call) {
        this.rules = rules;
        this.call = call;
    }

    @GET
    @Operation(
            summary = "List the approval rules",
            description = "Which calls of plugins' actions wait for an approval, by plugin and action.")
    public Page<ApprovalRuleView> list() {
        return rules.list(call.actor(), call.page());
    }

    @GET
    @Path("{plugin}/{action}")
    @Operation(summary = "Get an approval rule", description = "Which calls of one action wait for an approval.")
    @ApprovalError.Refuses(RULE_NOT_FOUND)
    public ApprovalRuleView find(
            @PathParam("plugin") @Parameter(description = "The plugin.") String plugin,
            @PathParam("action") @Parameter(description = "Its action.") String action) {
        return rules.find(call.actor(), plugin, action);
    }

    @PUT
    @Path("{plugin}/{action}")
    @Operation(
            summary = "Put an approval rule",
            description =
                    "Calls of the action for which the condition holds are not made. They are answered with 202, and a run of"
                            + " the workflow starts as the caller, with `plugin`, `action` and `params` as its input. The workflow"
                            + " makes the call in a step when it is approved. Only actions whose effect cannot be undone can wait.")
    @ApprovalError.Refuses({INVALID_RULE, TOO_MANY_RULES})
    @WorkflowError.Refuses(WORKFLOW_NOT_FOUND)
    public ApprovalRuleView put(
            @PathParam("plugin") @Parameter(description = "The plugin.") String plugin,
            @PathParam("action") @Parameter(description = "Its action.") String action,
            @Valid ApprovalRuleOrder order) {
        return rules.put(call.actor(), plugin, action, order);
    }

    @DELETE
    @Path("{plugin}/{action}")
    @Operation(
            summary = "Delete an approval rule",
            description = "Calls of the action no longer wait. Pending approvals stay pending.")
    @ApprovalError.Refuses(RULE_NOT_FOUND)
    public void delete(
            @PathParam("plugin") @Parameter(description = "The plugin.") String plugin,
            @PathParam("action") @Parameter(description = "Its action.") String action) {
        rules.delete(call.actor(), plugin, action);
    }
}
