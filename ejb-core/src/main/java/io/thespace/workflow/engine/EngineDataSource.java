package io.thespace.workflow.engine;

import io.thespace.tenant.TransactionConnection;
import io.thespace.tenant.WrappedDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The platform's database as the engine sees it: within a transaction it works on the transaction's one connection. */
final class EngineDataSource extends WrappedDataSource {

    private final DataSource database;

    EngineDataSource(DataSource database) {
        super(database);
        this.database = database;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = TransactionConnection.open(database::getConnection);
        return TransactionConnection.active() ? TransactionConnection.unclosable(connection) : connection;
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return database.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return database.isWrapperFor(type);
    }
}
