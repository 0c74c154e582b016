package io.thespace.endpoint;

import java.util.UUID;

/**
 * A call that is deferred until its approval.
 *
 * @param state {@code waiting_for_approval}
 * @param runId the run that makes the call when it is approved; for its state see {@code GET /api/system/runs/{id}}
 * @param workflowId the run's workflow
 */
public record ApprovalView(String state, UUID runId, String workflowId) {

    public static final String WAITING = "waiting_for_approval";

    /** For the documentation. */
    public static final ApprovalView EXAMPLE =
            new ApprovalView(WAITING, UUID.fromString("019a0c3e-7d2a-7c41-9f5e-3b8a6d1c2e71"), "transfer_approval");
}
