package io.thespace.tenant;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.DatabaseUrl;
import io.thespace.configuration.Key;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The database as the application's role sees it, configured from {@link Key#DATABASE_URL} alone, so that the EAR needs
 * nothing set up in the server. Each server pools it through {@code @DataSourceDefinition}.
 */
public class SpaceDataSource extends PGSimpleDataSource {

    private static final long serialVersionUID = 1L;

    /**
     * The prefix of the message of a commit that lost its connection. Payara's transaction manager preserves only the
     * text of such an exception. Of such an exception Payara's transaction manager passes on nothing but its text.
     */
    public static final String LOST_AT_COMMIT = "The connection was lost at the commit";

    /** Every wait has a time limit: for a connection, a statement, a lock, and an idle transaction. */
    private static final String LIMITS =
            "-c statement_timeout=15s -c lock_timeout=5s -c idle_in_transaction_session_timeout=60s";

    private static final int SOCKET_SECONDS = 30;
    private static final int MARGIN_SECONDS = 5;

    public SpaceDataSource() {
        Configuration configuration = Configuration.get();
        connect(this, configuration.get(Key.DATABASE_URL));
        setUser(configuration.get(Key.DATABASE_APP_USER));
        setPassword(configuration.databaseAppPassword());
        setOptions(LIMITS);
        setSocketTimeout(SOCKET_SECONDS);
        setReWriteBatchedInserts(true);
    }

    /** The database as the owner of its tables sees it, for migrations only; not pooled. */
    public static PGSimpleDataSource owner(Configuration configuration) {
        DatabaseUrl url = configuration.get(Key.DATABASE_URL);
        PGSimpleDataSource source = new PGSimpleDataSource();
        connect(source, url);
        source.setUser(url.user());
        source.setPassword(url.password());
        return source;
    }

    /** The database as the role of an installed plugin sees it, which finds its schema's tables without the schema's name. */
    public static PGSimpleDataSource session(Configuration configuration, String role, String schema) {
        PGSimpleDataSource source = role(configuration, role, configuration.databaseRolePassword(role));
        source.setOptions(LIMITS + " -c search_path=\"" + schema + "\",pg_temp");
        source.setSocketTimeout(SOCKET_SECONDS);
        return source;
    }

    /**
     * The data source of a role that runs scripts.
     *
     * @param statementSeconds the time limit of a statement, including waits for locks
     */
    public static PGSimpleDataSource scripts(
            Configuration configuration, String role, String password, int statementSeconds) {
        PGSimpleDataSource source = role(configuration, role, password);
        source.setOptions("-c statement_timeout=" + statementSeconds + "s -c idle_in_transaction_session_timeout=60s");
        // A script can lift the server's limit for itself, but not this one.
        source.setSocketTimeout(statementSeconds + MARGIN_SECONDS);
        return source;
    }

    private static PGSimpleDataSource role(Configuration configuration, String role, String password) {
        PGSimpleDataSource source = owner(configuration);
        source.setUser(role);
        source.setPassword(password);
        return source;
    }

    private static void connect(PGSimpleDataSource source, DatabaseUrl url) {
        source.setURL(url.jdbc());
        url.parameters().forEach((name, value) -> {
            try {
                source.setProperty(name, value);
            } catch (SQLException e) {
                throw new IllegalArgumentException(
                        Key.DATABASE_URL.name() + " has a parameter that the PostgreSQL driver refuses: " + name, e);
            }
        });
        source.setApplicationName("the-space");
        source.setConnectTimeout(5);
        source.setLoginTimeout(10);
        source.setTcpKeepAlive(true);
    }

    /** WildFly hands over no credentials and Payara its own idea of them; the role is always the application's. */
    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return ReopeningConnection.open(() -> super.getConnection(getUser(), getPassword()));
    }
}
