package io.thespace.mcp;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** Deletes sessions of MCP clients that were not used for a day, and questions that nothing waits for, some thousands at a time. */
@Singleton
public class McpSessionExpiry {

    @PersistenceContext(unitName = "core")
    private EntityManager entities;

    @Schedule(hour = "*", minute = "*/5", persistent = false)
    public void purge() {
        entities.createNativeQuery("select core.purge_mcp_sessions(10000)").getSingleResult();
        entities.createNativeQuery("select core.purge_mcp_questions(10000)").getSingleResult();
    }
}
