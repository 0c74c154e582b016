package io.thespace.approval;

import jakarta.annotation.Nullable;
import java.time.Instant;
import java.util.UUID;

/**
 * A rule that makes calls of an action wait for an approval.
 *
 * @param plugin the plugin that declares the action
 * @param when a jq expression over the arguments of the action; null for all calls
 * @param workflowId the workflow that asks for the approval, and makes the call
 * @param changedBy the user who put the rule; null when that user was erased
 */
public record ApprovalRuleView(
        String plugin,
        String action,
        @Nullable String when,
        String workflowId,
        @Nullable UUID changedBy,
        Instant changedAt) {

    /** For the documentation. */
    public static final ApprovalRuleView EXAMPLE = new ApprovalRuleView(
            "financial_business",
            "transfer",
            ".amount > 10000",
            "transfer_approval",
            UUID.fromString("018f9a3e-1c00-7a10-8b7e-6f3d2c1b0a01"),
            Instant.parse("2026-01-31T12:00:00Z"));
}
