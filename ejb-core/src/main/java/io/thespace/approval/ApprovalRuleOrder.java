package io.thespace.approval;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/**
 * Request to make calls of an action wait for an approval.
 *
 * @param when a jq expression over the arguments of the action that selects calls; all when left out
 * @param workflowId the workflow that asks for the approval, and makes the call
 */
public record ApprovalRuleOrder(@Size(max = 10_000) String when, @NotBlank @Size(max = 100) String workflowId) {

    /** For the documentation. */
    public static final ApprovalRuleOrder EXAMPLE = new ApprovalRuleOrder(".amount > 10000", "transfer_approval");
}
