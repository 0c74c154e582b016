package io.thespace.transaction;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;

/** Deletes one batch of expired rows. */
@Stateless
public class PurgeBatch {

    @PersistenceContext(unitName = "core")
    EntityManager entities;

    /**
     * Calls a purge function of schema {@code core} in a transaction of its own.
     *
     * @param function its name, a constant
     * @param arguments of the function
     * @return what the function returns: how many rows it deleted, or looked at
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public long delete(String function, Object... arguments) {
        StringBuilder sql = new StringBuilder("select core.").append(function).append('(');
        for (int i = 1; i <= arguments.length; i++) {
            sql.append(i == 1 ? "?" : ", ?").append(i);
        }
        Query query = entities.createNativeQuery(sql.append(')').toString());
        for (int i = 1; i <= arguments.length; i++) {
            query.setParameter(i, arguments[i - 1]);
        }
        return ((Number) query.getSingleResult()).longValue();
    }
}
