package io.thespace.tenant;

import java.sql.Connection;
import java.sql.SQLException;
import org.hibernate.engine.jdbc.connections.internal.DatasourceConnectionProviderImpl;

/**
 * Gives Hibernate the transaction's connection with the tenant's stamp, for each statement anew. Named in every persistence unit
 * of the product.
 */
public class TenantConnectionProvider extends DatasourceConnectionProviderImpl {

    private static final long serialVersionUID = 1L;

    @Override
    public Connection getConnection() throws SQLException {
        return TransactionConnection.open(super::getConnection);
    }

    @Override
    public void closeConnection(Connection connection) throws SQLException {
        TransactionConnection.release(connection);
    }
}
