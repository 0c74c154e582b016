package io.thespace.audit;

import io.thespace.plugin.api.Rejection;
import jakarta.annotation.Resource;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** Takes records in the transaction of their cause. */
@Stateless
public class AuditTrail {

    @PersistenceContext(unitName = "core")
    EntityManager entities;

    @Resource
    SessionContext context;

    /**
     * Does work and writes its record in one transaction: either both are there or none.
     *
     * @param answer what it came to, as it is to be recorded; empty when it came to nothing
     * @throws Exception what the work throws; whatever it wrote is then rolled back
     */
    public <T> T within(AuditDraft draft, Callable<T> work, Function<T, Optional<AuditedAnswer>> answer)
            throws Exception {
        boolean ended = false;
        try {
            T result = work.call();
            answer.apply(result).map(draft::done).ifPresent(entities::persist);
            ended = true;
            return result;
        } catch (Rejection e) {
            // Its class says already that it rolls back, and where it is thrown no connection may be given any more.
            ended = true;
            throw e;
        } finally {
            if (!ended) {
                context.setRollbackOnly();
            }
        }
    }

    /** Writes records, all of the chain that the bound tenant has, in a transaction of their own. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void append(List<AuditEntry> records) {
        records.forEach(entities::persist);
    }
}
