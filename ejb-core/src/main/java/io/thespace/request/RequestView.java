package io.thespace.request;

import io.thespace.audit.AuditEventView;
import java.util.List;

/**
 * The stored data about a request id.
 *
 * @param calls the calls that carried it, the newest first, up to ten: clients may reuse an id
 * @param auditRecords their audit records, the newest first, up to 50
 */
public record RequestView(String requestId, List<CallView> calls, List<AuditEventView> auditRecords) {

    /** For the documentation. */
    public static final RequestView EXAMPLE = new RequestView(
            "019a0000-0000-7000-8000-000000000030", List.of(CallView.EXAMPLE), List.of(AuditEventView.EXAMPLE));
}
