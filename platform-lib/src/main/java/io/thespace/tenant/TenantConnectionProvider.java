package io.thespace.tenant;

import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.hibernate.engine.jdbc.connections.internal.DatasourceConnectionProviderImpl;

/**
 * Hands Hibernate connections that carry the tenant's stamp for the length of their transaction. Named in every
 * persistence unit of the product.
 */
public class TenantConnectionProvider extends DatasourceConnectionProviderImpl {

    private static final long serialVersionUID = 1L;

    /** Thread-safe, and one for the whole server. */
    private transient volatile TransactionSynchronizationRegistry transactions;

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        try {
            stampOnce(connection);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * The units that join one transaction share its connection, which is not an XA one, and ask for it for each statement: the
     * first stamp serves them all. It also serves what is written at the commit, when the tenant may be bound no more.
     */
    private void stampOnce(Connection connection) throws SQLException {
        TransactionSynchronizationRegistry registry = transactions();
        boolean inTransaction = registry != null && registry.getTransactionKey() != null;
        String stamp = text();
        Object before = inTransaction ? registry.getResource(TenantConnectionProvider.class) : null;
        if (before != null && (stamp.isEmpty() || stamp.equals(before))) {
            return;
        }
        stamp(connection);
        if (inTransaction) {
            registry.putResource(TenantConnectionProvider.class, stamp);
        }
    }

    @SuppressWarnings("BanJNDI") // the name is a constant
    private TransactionSynchronizationRegistry transactions() {
        if (transactions == null) {
            try {
                transactions = InitialContext.doLookup("java:comp/TransactionSynchronizationRegistry");
            } catch (NamingException e) {
                // Not on a thread of the container, such as when a unit boots: stamp without asking.
                return null;
            }
        }
        return transactions;
    }

    /** Stamps the transaction of a plain JDBC connection, which Hibernate does not do. */
    public static void stamp(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select set_config('app.org_id', ?, true)")) {
            statement.setString(1, text());
            statement.execute();
        }
    }

    private static String text() {
        return Tenant.current().map(UUID::toString).orElse("");
    }
}
