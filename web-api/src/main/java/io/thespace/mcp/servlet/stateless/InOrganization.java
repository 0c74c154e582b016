package io.thespace.mcp.servlet.stateless;

import io.modelcontextprotocol.modern.McpSchema;
import io.modelcontextprotocol.modern.server.feature.ServerChange;
import java.util.UUID;

/** A change that only clients of one organization are notified of. */
record InOrganization(UUID orgId, ServerChange change) implements ServerChange {

    @Override
    public String method() {
        return change.method();
    }

    @Override
    public Object params() {
        return change.params();
    }

    @Override
    public boolean isHonouredBy(McpSchema.SubscriptionFilter honoured) {
        return change.isHonouredBy(honoured);
    }

    /** Whether clients of an organization are notified of a change. */
    static boolean concerns(UUID orgId, ServerChange change) {
        return !(change instanceof InOrganization one) || one.orgId.equals(orgId);
    }
}
