package io.thespace.tenant;

import jakarta.transaction.TransactionManager;
import jakarta.transaction.UserTransaction;
import org.hibernate.engine.transaction.jta.platform.internal.AbstractJtaPlatform;

/** Finds the transaction manager of Payara or WildFly for Hibernate; named in every persistence unit of the product. */
public class JtaPlatform extends AbstractJtaPlatform {

    private static final long serialVersionUID = 1L;

    @Override
    protected TransactionManager locateTransactionManager() {
        try {
            return (TransactionManager) jndiService().locate("java:appserver/TransactionManager");
        } catch (RuntimeException e) {
            return (TransactionManager) jndiService().locate("java:jboss/TransactionManager");
        }
    }

    @Override
    protected UserTransaction locateUserTransaction() {
        return (UserTransaction) jndiService().locate("java:comp/UserTransaction");
    }
}
