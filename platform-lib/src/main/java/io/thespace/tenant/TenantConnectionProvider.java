package io.thespace.tenant;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import org.hibernate.engine.jdbc.connections.internal.DatasourceConnectionProviderImpl;

/**
 * Hands Hibernate connections that carry the tenant's stamp for the length of their transaction. Named in every
 * persistence unit of the product.
 */
public class TenantConnectionProvider extends DatasourceConnectionProviderImpl {

    private static final long serialVersionUID = 1L;

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        try {
            stamp(connection);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** Stamps the transaction of a plain JDBC connection, which Hibernate does not do. */
    public static void stamp(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select set_config('app.org_id', ?, true)")) {
            statement.setString(1, Tenant.current().map(UUID::toString).orElse(""));
            statement.execute();
        }
    }
}
