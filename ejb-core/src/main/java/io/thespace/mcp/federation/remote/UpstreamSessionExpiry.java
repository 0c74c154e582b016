package io.thespace.mcp.federation.remote;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** Deletes sessions at remote servers that were opened more than a day ago, some thousands at a time. */
@Singleton
public class UpstreamSessionExpiry {

    @PersistenceContext(unitName = "core")
    private EntityManager entities;

    @Schedule(hour = "*", minute = "*/5", persistent = false)
    public void purge() {
        entities.createNativeQuery("select core.purge_mcp_upstream_sessions(10000)")
                .getSingleResult();
    }
}
