package io.thespace.approval;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/**
 * Calls of an action are to wait for an approval.
 *
 * @param when which ones: a jq expression over what the action is called with; all when left out
 * @param workflowId the workflow that asks for the approval, and makes the call
 */
public record ApprovalRuleOrder(@Size(max = 10_000) String when, @NotBlank @Size(max = 100) String workflowId) {

    /** For the documentation. */
    public static final ApprovalRuleOrder EXAMPLE = new ApprovalRuleOrder(".amount > 10000", "transfer_approval");
}
