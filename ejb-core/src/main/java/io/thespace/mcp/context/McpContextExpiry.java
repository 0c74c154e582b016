package io.thespace.mcp.context;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** Deletes contexts that have expired, some thousands at a time. */
@Singleton
public class McpContextExpiry {

    @PersistenceContext(unitName = "core")
    private EntityManager entities;

    @Schedule(hour = "*", minute = "*/5", persistent = false)
    public void purge() {
        entities.createNativeQuery("select core.purge_mcp_contexts(10000)").getSingleResult();
    }
}
