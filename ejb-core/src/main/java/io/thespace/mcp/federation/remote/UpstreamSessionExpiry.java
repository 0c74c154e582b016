package io.thespace.mcp.federation.remote;

import io.thespace.transaction.Purges;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** Deletes sessions at remote servers that were opened more than a day ago. */
@Singleton
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class UpstreamSessionExpiry {

    @Inject
    private Purges purges;

    @Schedule(hour = "*", minute = "*/5", persistent = false)
    public void purge() {
        purges.run("purge_mcp_upstream_sessions");
    }
}
