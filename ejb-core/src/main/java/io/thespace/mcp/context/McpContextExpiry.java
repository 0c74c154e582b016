package io.thespace.mcp.context;

import io.thespace.transaction.Purges;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** Deletes contexts that have expired. */
@Singleton
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class McpContextExpiry {

    @Inject
    private Purges purges;

    @Schedule(hour = "*", minute = "*/5", persistent = false)
    public void purge() {
        purges.run("purge_mcp_contexts");
    }
}
