package io.thespace.request;

import io.thespace.audit.AuditEventView;
import java.util.List;

/**
 * What is known of a request id.
 *
 * @param calls the calls that carried it, the newest first and ten at the most: clients may use an id again
 * @param auditRecords what is written of them in the audit, the newest first and 50 at the most
 */
public record RequestView(String requestId, List<CallView> calls, List<AuditEventView> auditRecords) {

    /** For the documentation. */
    public static final RequestView EXAMPLE = new RequestView(
            "019a0000-0000-7000-8000-000000000030", List.of(CallView.EXAMPLE), List.of(AuditEventView.EXAMPLE));
}
