package io.thespace.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** The statements of a transfer through JDBC, without HTTP, container and object mapping: what is left is the ledger. */
final class JdbcClient implements Load.Client {

    private final Accounts accounts;
    private final Accounts.Spread spread;
    private final Connection connection;
    private final PreparedStatement stamp;
    private final PreparedStatement claim;
    private final PreparedStatement lock;
    private final PreparedStatement transaction;
    private final PreparedStatement entries;
    private final PreparedStatement event;
    private final PreparedStatement key;

    JdbcClient(Connection connection, Accounts accounts, Accounts.Spread spread) throws SQLException {
        this.accounts = accounts;
        this.spread = spread;
        this.connection = connection;
        connection.setAutoCommit(false);
        stamp = connection.prepareStatement("select set_config('app.org_id', ?, true)");
        claim = connection.prepareStatement(
                "select claimed, fingerprint, status, media_type, body from core.claim_idempotency_key(?, ?, ?)");
        lock = connection.prepareStatement("select id, balance, currency, kind, org_id, owner_user_id, status, version"
                + " from financial_business.account where org_id = ? and id in (?, ?) order by id for no key update");
        transaction = connection.prepareStatement("insert into financial_business.transaction"
                + " (amount, created_by, currency, kind, org_id, request_id, id)"
                + " values (0.01, ?, 'USD', 'transfer', ?, 'benchmark', ?)");
        entries = connection.prepareStatement("insert into financial_business.entry"
                + " (account_id, amount, org_id, owner_user_id, transaction_id, position)"
                + " values (?, -0.01, ?, ?, ?, 1), (?, 0.01, ?, ?, ?, 2)");
        event = connection.prepareStatement("insert into core.events"
                + " (id, org_id, type, source, subject, data, request_id, synthetic)"
                + " values (gen_random_uuid(), ?, 'funds_transferred', '/plugins/financial_business', ?,"
                + " '{\"amount\": 0.01}', 'benchmark', true)");
        key = connection.prepareStatement("insert into core.idempotency_keys"
                + " (org_id, principal, key, fingerprint, status, media_type, body)"
                + " values (?, ?, ?, '\\x00', 200, 'application/json', '\\x00')");
    }

    @Override
    public void once() throws SQLException {
        UUID[] pair = accounts.pair(spread);
        UUID org = accounts.orgId();
        UUID owner = accounts.ownerId();
        UUID id = UUID.randomUUID();
        run(stamp, org.toString());
        run(claim, org, owner, id.toString());
        run(lock, org, pair[0], pair[1]);
        run(transaction, owner, org, id);
        run(entries, pair[0], org, owner, id, pair[1], org, owner, id);
        run(event, org, id.toString());
        run(key, org, owner, id.toString());
        connection.commit();
    }

    private static void run(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        if (statement.execute()) {
            try (ResultSet rows = statement.getResultSet()) {
                while (rows.next()) {
                    rows.getObject(1);
                }
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
