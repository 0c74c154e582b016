package io.thespace.mcp;

import io.thespace.transaction.Purges;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** Deletes sessions of MCP clients that were not used for a day, and questions that nothing waits for. */
@Singleton
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class McpSessionExpiry {

    @Inject
    private Purges purges;

    @Schedule(hour = "*", minute = "*/5", persistent = false)
    public void purge() {
        purges.run("purge_mcp_sessions");
        purges.run("purge_mcp_questions");
    }
}
