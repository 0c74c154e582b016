package io.thespace.financial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.tenant.Tenant;
import io.thespace.tenant.TransactionConnection;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Constraints of the database itself, tested with plain JDBC without the code. */
class LedgerSchemaTest {

    private static final String REFUSED = "23000";
    private static final String CHECK = "23514";
    private static final String FORBIDDEN = "42501";

    private final UUID org = UUID.randomUUID();
    private final UUID equity = UUID.randomUUID();
    private final UUID alice = UUID.randomUUID();
    private final UUID aliceUser = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();
    private final UUID bobUser = UUID.randomUUID();
    private final UUID funded = UUID.randomUUID();

    @BeforeEach
    void fundAlice() throws SQLException {
        application(org, c -> {
            account(c, equity, null, "USD");
            account(c, alice, aliceUser, "USD");
            account(c, bob, bobUser, "USD");
            transaction(c, funded, "100", "USD");
            entry(c, funded, 1, equity, null, "-100");
            entry(c, funded, 2, alice, aliceUser, "100");
        });
    }

    @Test
    void balancesFollowEntries() throws SQLException {
        application(org, c -> {
            UUID id = UUID.randomUUID();
            transaction(c, id, "30", "USD");
            entry(c, id, 1, alice, aliceUser, "-30");
            entry(c, id, 2, bob, bobUser, "30");
        });
        assertThat(
                        one(
                                "select string_agg(trim_scale(balance)::text, ' ' order by balance) from financial_business.account"))
                .isEqualTo("-100 30 70");
        assertThat(one("select string_agg(version::text, ' ' order by balance) from financial_business.account"))
                .isEqualTo("1 1 2");
    }

    @Test
    void anUnbalancedTransactionDoesNotCommit() {
        refused(
                REFUSED,
                () -> application(org, c -> {
                    UUID id = UUID.randomUUID();
                    transaction(c, id, "30", "USD");
                    entry(c, id, 1, alice, aliceUser, "-30");
                    entry(c, id, 2, bob, bobUser, "29.9999");
                }));
    }

    @Test
    void aTransactionWithoutTwoEntriesDoesNotCommit() {
        refused(REFUSED, () -> application(org, c -> transaction(c, UUID.randomUUID(), "30", "USD")));
        refused(
                REFUSED,
                () -> application(org, c -> {
                    UUID id = UUID.randomUUID();
                    transaction(c, id, "30", "USD");
                    entry(c, id, 1, bob, bobUser, "30");
                }));
    }

    @Test
    void aTransactionMovesTheAmountItNames() {
        refused(
                REFUSED,
                () -> application(org, c -> {
                    UUID id = UUID.randomUUID();
                    transaction(c, id, "30", "USD");
                    entry(c, id, 1, alice, aliceUser, "-20");
                    entry(c, id, 2, bob, bobUser, "20");
                }));
    }

    @Test
    void anEarlyCheckDoesNotOpenADoor() {
        refused(
                REFUSED,
                () -> application(org, c -> {
                    UUID id = UUID.randomUUID();
                    transaction(c, id, "30", "USD");
                    entry(c, id, 3, alice, aliceUser, "-30");
                    entry(c, id, 4, bob, bobUser, "30");
                    execute(c, "set constraints all immediate");
                    execute(c, "set constraints all deferred");
                    entry(c, id, 1, bob, bobUser, "1000");
                }));
    }

    @Test
    void anotherTenantsStampAtCommitDoesNotHideTheEntries() {
        refused(
                REFUSED,
                () -> application(org, c -> {
                    UUID id = UUID.randomUUID();
                    transaction(c, id, "30", "USD");
                    entry(c, id, 1, bob, bobUser, "30");
                    execute(c, "select set_config('app.org_id', '" + UUID.randomUUID() + "', true)");
                }));
    }

    @Test
    void aTransactionHasOneCurrency() throws SQLException {
        UUID yen = UUID.randomUUID();
        application(org, c -> account(c, yen, bobUser, "JPY"));
        refused(
                REFUSED,
                () -> application(org, c -> {
                    UUID id = UUID.randomUUID();
                    transaction(c, id, "30", "USD");
                    entry(c, id, 1, alice, aliceUser, "-30");
                    entry(c, id, 2, yen, bobUser, "30");
                }));
    }

    @Test
    void nothingIsAddedToACommittedTransaction() {
        for (DataSource source : new DataSource[] {Ledger.APPLICATION, Ledger.OWNER}) {
            refused(
                    REFUSED,
                    () -> with(source, org, c -> {
                        entry(c, funded, 3, equity, null, "-1");
                        entry(c, funded, 4, alice, aliceUser, "1");
                    }));
        }
    }

    @Test
    void anEntryThatIsSkippedMovesNothing() throws SQLException {
        application(
                org,
                c -> execute(
                        c,
                        """
                        insert into financial_business.entry (transaction_id, position, account_id, org_id, owner_user_id, amount)
                        values ('%s', 2, '%s', '%s', '%s', 50) on conflict do nothing
                        """
                                .formatted(funded, alice, org, aliceUser)));
        assertThat(one("select trim_scale(balance) from financial_business.account where id = '" + alice + "'"))
                .isEqualTo("100");
    }

    @Test
    void aCustomersBalanceIsNotNegative() {
        refused(
                CHECK,
                () -> application(org, c -> {
                    UUID id = UUID.randomUUID();
                    transaction(c, id, "100.01", "USD");
                    entry(c, id, 1, alice, aliceUser, "-100.01");
                    entry(c, id, 2, bob, bobUser, "100.01");
                }));
    }

    @Test
    void aClosedAccountTakesNoEntries() throws SQLException {
        application(
                org,
                c -> execute(c, "update financial_business.account set status = 'closed' where id = '" + bob + "'"));
        refused(
                REFUSED,
                () -> application(org, c -> {
                    UUID id = UUID.randomUUID();
                    transaction(c, id, "30", "USD");
                    entry(c, id, 1, alice, aliceUser, "-30");
                    entry(c, id, 2, bob, bobUser, "30");
                }));
    }

    @Test
    void anEntryNamesTheAccountsOwner() {
        refused(
                REFUSED,
                () -> application(org, c -> {
                    UUID id = UUID.randomUUID();
                    transaction(c, id, "30", "USD");
                    entry(c, id, 1, alice, bobUser, "-30");
                    entry(c, id, 2, bob, bobUser, "30");
                }));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update financial_business.entry set amount = amount + 1",
                "delete from financial_business.entry",
                "truncate financial_business.entry",
                "update financial_business.transaction set amount = amount + 1",
                "delete from financial_business.transaction",
                "truncate financial_business.transaction cascade"
            })
    void theLedgerIsOnlyAddedTo(String change) {
        refused(FORBIDDEN, () -> application(org, c -> execute(c, change)));
        refused(REFUSED, () -> with(Ledger.OWNER, org, c -> execute(c, change)));
    }

    @Test
    void nobodySetsABalance() {
        String change = "update financial_business.account set balance = 1000000 where id = '" + alice + "'";
        refused(FORBIDDEN, () -> application(org, c -> execute(c, change)));
        refused(REFUSED, () -> with(Ledger.OWNER, org, c -> execute(c, change)));
        String rich =
                """
                insert into financial_business.account (id, org_id, owner_user_id, kind, currency, balance)
                values ('%s', '%s', '%s', 'customer', 'USD', 1000000)
                """
                        .formatted(UUID.randomUUID(), org, aliceUser);
        refused(FORBIDDEN, () -> application(org, c -> execute(c, rich)));
        refused(REFUSED, () -> with(Ledger.OWNER, org, c -> execute(c, rich)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update financial_business.account set owner_user_id = gen_random_uuid()",
                "update financial_business.account set currency = 'EUR'",
                "update financial_business.account set kind = 'equity'",
                "delete from financial_business.account",
                "truncate financial_business.account cascade",
                "alter table financial_business.entry disable trigger all",
                "alter table financial_business.account disable row level security",
                "set session_replication_role = replica",
                "create table financial_business.mine ()"
            })
    void theApplicationsRoleMayDoNoMoreThanItNeeds(String statement) {
        refused(FORBIDDEN, () -> application(org, c -> execute(c, statement)));
    }

    @Test
    void anotherOrganizationSeesNothing() throws SQLException {
        for (String table : new String[] {"account", "transaction", "entry"}) {
            assertThat(count(org, table)).isPositive();
            assertThat(count(UUID.randomUUID(), table)).isZero();
            assertThat(count(null, table)).isZero();
        }
    }

    @Test
    void anotherOrganizationChangesNothing() throws SQLException {
        UUID other = UUID.randomUUID();
        UUID otherUser = UUID.randomUUID();
        UUID otherAccount = UUID.randomUUID();
        application(other, c -> {
            account(c, otherAccount, otherUser, "USD");
            try (Statement statement = c.createStatement()) {
                assertThat(statement.executeUpdate("update financial_business.account set status = 'closed'"))
                        .isEqualTo(1);
            }
        });
        // Naming the other organization in the row is refused by the policy; naming one's own, by the trigger.
        refused(FORBIDDEN, () -> application(other, c -> account(c, UUID.randomUUID(), aliceUser, "USD", org)));
        refused(
                REFUSED,
                () -> application(other, c -> {
                    UUID id = UUID.randomUUID();
                    transaction(c, id, "30", "USD");
                    entry(c, id, 1, alice, aliceUser, "-30");
                    entry(c, id, 2, bob, bobUser, "30");
                }));
        refused(FORBIDDEN, () -> application(null, c -> account(c, UUID.randomUUID(), aliceUser, "USD", org)));
    }

    @Test
    void aTransactionIsReversedOnce() throws SQLException {
        ThrowingCallable reversal = () -> application(org, c -> {
            UUID id = UUID.randomUUID();
            execute(
                    c,
                    """
                    insert into financial_business.transaction (id, org_id, kind, amount, currency, reverses)
                    values ('%s', '%s', 'reversal', 10, 'USD', '%s')
                    """
                            .formatted(id, org, funded));
            entry(c, id, 1, alice, aliceUser, "-10");
            entry(c, id, 2, bob, bobUser, "10");
        });
        try {
            reversal.call();
        } catch (Throwable e) {
            throw new AssertionError("The first reversal passes", e);
        }
        refused("23505", reversal);
    }

    @Test
    void aCurrencyHasOneEquityAccount() {
        refused("23505", () -> application(org, c -> account(c, UUID.randomUUID(), null, "USD")));
    }

    /** As the check and the counts of personal data ask, beside an organization whose ledger is large. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select t.id from financial_business.transaction t"
                        + " left join financial_business.entry e on e.transaction_id = t.id"
                        + " where t.org_id = '%s' group by t.id, t.amount having count(e.amount) < 2",
                "select a.id from financial_business.account a"
                        + " left join (select e.account_id, sum(e.amount) as total from financial_business.entry e"
                        + " where e.org_id = '%1$s' group by e.account_id) s on s.account_id = a.id"
                        + " where a.org_id = '%1$s' and a.balance <> coalesce(s.total, 0)",
                "select t.id from financial_business.entry e"
                        + " join financial_business.transaction t on t.id = e.transaction_id"
                        + " join financial_business.account a on a.id = e.account_id"
                        + " where e.org_id = '%s' and a.currency <> t.currency",
                "select count(*) from financial_business.transaction where org_id = '%1$s' and created_by = '%1$s'"
            })
    void theRowsOfAnotherOrganizationAreNotRead(String query) throws SQLException {
        LargeLedger.write();
        List<String> plan = new ArrayList<>();
        application(org, c -> {
            try (Statement statement = c.createStatement();
                    ResultSet rows = statement.executeQuery("explain " + query.formatted(org))) {
                while (rows.next()) {
                    plan.add(rows.getString(1));
                }
            }
        });

        assertThat(String.join("\n", plan)).doesNotContain("Seq Scan");
    }

    /** The ledger of one organization, written once by the owner of the tables with the guards off. */
    private static final class LargeLedger {

        private static final int TRANSACTIONS = 20_000;
        private static boolean written;

        static void write() throws SQLException {
            try (Connection owner = Ledger.OWNER.getConnection()) {
                if (!written) {
                    owner.setAutoCommit(false);
                    for (String sql :
                            LARGE.formatted(UUID.randomUUID(), TRANSACTIONS).split(";", -1)) {
                        execute(owner, sql);
                    }
                    owner.commit();
                    written = true;
                }
                owner.setAutoCommit(true);
                for (String table : List.of("account", "transaction", "entry")) {
                    execute(owner, "analyze financial_business." + table);
                }
            }
        }

        private static final String LARGE =
                """
                alter table financial_business.transaction disable trigger user;
                alter table financial_business.entry disable trigger user;
                insert into financial_business.account (id, org_id, owner_user_id, kind, currency)
                    select md5('%1$s' || n)::uuid, '%1$s', md5('%1$s' || n)::uuid, 'customer', 'USD'
                    from generate_series(0, 999) n;
                insert into financial_business.transaction (id, org_id, kind, amount, currency, created_by)
                    select md5('%1$s' || n)::uuid, '%1$s', 'transfer', 1, 'USD', md5('%1$s' || n %% 1000)::uuid
                    from generate_series(1, %2$d) n;
                insert into financial_business.entry
                    (transaction_id, position, account_id, org_id, owner_user_id, amount)
                    select t.id, side.n, t.created_by, t.org_id, t.created_by, 3 - 2 * side.n
                    from financial_business.transaction t cross join generate_series(1, 2) side(n)
                    where t.org_id = '%1$s';
                alter table financial_business.transaction enable trigger user;
                alter table financial_business.entry enable trigger user
                """;
    }

    private void account(Connection c, UUID id, UUID owner, String currency) throws SQLException {
        UUID tenant = Tenant.current().orElseThrow();
        account(c, id, owner, currency, tenant);
    }

    private static void account(Connection c, UUID id, UUID owner, String currency, UUID tenant) throws SQLException {
        insert(
                c,
                "insert into financial_business.account (id, org_id, owner_user_id, kind, currency) values (?, ?, ?, ?, ?)",
                id,
                tenant,
                owner,
                owner == null ? "equity" : "customer",
                currency);
    }

    private static void transaction(Connection c, UUID id, String amount, String currency) throws SQLException {
        insert(
                c,
                "insert into financial_business.transaction (id, org_id, kind, amount, currency)"
                        + " values (?, ?, 'transfer', ?::numeric, ?)",
                id,
                Tenant.current().orElseThrow(),
                amount,
                currency);
    }

    private static void entry(Connection c, UUID transaction, int position, UUID account, UUID owner, String amount)
            throws SQLException {
        insert(
                c,
                "insert into financial_business.entry (transaction_id, position, account_id, org_id, owner_user_id, amount)"
                        + " values (?, ?, ?, ?, ?, ?::numeric)",
                transaction,
                position,
                account,
                Tenant.current().orElseThrow(),
                owner,
                amount);
    }

    private static void insert(Connection c, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = c.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    private static void execute(Connection c, String sql) throws SQLException {
        try (Statement statement = c.createStatement()) {
            statement.execute(sql);
        }
    }

    private String one(String sql) throws SQLException {
        String[] value = new String[1];
        application(org, c -> {
            try (Statement statement = c.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                rows.next();
                value[0] = rows.getString(1);
            }
        });
        return value[0];
    }

    private static int count(UUID tenant, String table) throws SQLException {
        int[] count = new int[1];
        application(tenant, c -> {
            try (Statement statement = c.createStatement();
                    ResultSet rows = statement.executeQuery("select count(*) from financial_business." + table)) {
                rows.next();
                count[0] = rows.getInt(1);
            }
        });
        return count[0];
    }

    private interface Work {
        void on(Connection connection) throws SQLException;
    }

    private static void application(UUID tenant, Work work) throws SQLException {
        with(Ledger.APPLICATION, tenant, work);
    }

    @SuppressWarnings("try") // the tenant is bound, and not looked at
    private static void with(DataSource source, UUID tenant, Work work) throws SQLException {
        try (Tenant bound = Tenant.bind(tenant);
                Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            TransactionConnection.stamp(connection);
            work.on(connection);
            connection.commit();
        }
    }

    private static void refused(String state, ThrowingCallable work) {
        assertThatThrownBy(work).isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getSQLState())
                .as(e.getMessage())
                .isEqualTo(state));
    }
}
