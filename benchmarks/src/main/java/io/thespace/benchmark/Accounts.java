package io.thespace.benchmark;

import io.thespace.configuration.DatabaseUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The accounts between which the load transfers money. Their ids are derived from numbers because pgbench generates
 * only numbers. All belong to one user.
 *
 * @param count the number of accounts
 */
record Accounts(UUID orgId, UUID ownerId, int count) {

    /** The distribution of transfers over accounts. */
    enum Spread {
        /** From any account to any other. */
        EVEN,
        /** Each from or to the one account. */
        HOT
    }

    private static final String OPEN =
            """
            with equity as (
                insert into financial_business.account (id, org_id, kind, currency)
                    select gen_random_uuid(), ?, 'equity', 'USD'
                    on conflict (org_id, currency) where kind = 'equity' do nothing)
            insert into financial_business.account (id, org_id, owner_user_id, kind, currency)
                select ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, ?, ?, 'customer', 'USD'
                    from generate_series(1, ?) n
                on conflict do nothing
            """;

    private static final String FUND =
            """
            with empty as (
                select id, owner_user_id, row_number() over () as n from financial_business.account
                    where id::text like '00000000-0000-7000-8000-%' and balance = 0),
            deposit as (
                insert into financial_business.transaction (id, org_id, kind, amount, currency)
                    select gen_random_uuid(), ?, 'deposit', 1000000 * count(*), 'USD' from empty having count(*) > 0
                    returning id, org_id, amount),
            credits as (
                insert into financial_business.entry
                        (transaction_id, position, account_id, org_id, owner_user_id, amount)
                    select d.id, e.n, e.id, d.org_id, e.owner_user_id, 1000000 from deposit d, empty e)
            insert into financial_business.entry (transaction_id, position, account_id, org_id, amount)
                select d.id, 0, a.id, d.org_id, -d.amount from deposit d
                    join financial_business.account a on a.org_id = d.org_id and a.kind = 'equity' and a.currency = 'USD'
            """;

    /** Opens the accounts that are missing and funds those that are empty, as one big deposit. */
    void open(DatabaseUrl database) throws SQLException {
        try (Connection owner = DriverManager.getConnection(database.jdbc(), database.user(), database.password());
                PreparedStatement open = owner.prepareStatement(OPEN);
                PreparedStatement fund = owner.prepareStatement(FUND)) {
            owner.setAutoCommit(false);
            open.setObject(1, orgId);
            open.setObject(2, orgId);
            open.setObject(3, ownerId);
            open.setInt(4, count);
            open.executeUpdate();
            fund.setObject(1, orgId);
            fund.executeUpdate();
            owner.commit();
        }
    }

    static UUID id(int n) {
        return UUID.fromString("00000000-0000-7000-8000-%012x".formatted(n));
    }

    /** Two different accounts to move money between. */
    UUID[] pair(Spread spread) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        int from = spread == Spread.HOT ? 1 : 1 + random.nextInt(count);
        int to = 1 + (from + random.nextInt(count - 1)) % count;
        return spread == Spread.HOT && random.nextBoolean()
                ? new UUID[] {id(to), id(from)}
                : new UUID[] {id(from), id(to)};
    }
}
