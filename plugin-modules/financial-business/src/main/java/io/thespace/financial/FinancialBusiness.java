package io.thespace.financial;

import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Directory.Person;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.EventType;
import io.thespace.plugin.api.LimitClass;
import io.thespace.plugin.api.PersonalData;
import io.thespace.plugin.api.Plugin;
import io.thespace.plugin.api.PluginContext;
import io.thespace.plugin.api.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;

/** The plugin {@code financial_business}: accounts and transfers on a double-entry ledger. */
@ApplicationScoped
public class FinancialBusiness implements Plugin {

    private static final String IN_CURRENCY =
            "Amounts are exact decimals in major units, with at most as many decimals as the currency has minor units"
                    + " (USD 2, JPY 0, KWD 3), above zero and at most 10^15. ";
    private static final String ONCE =
            "Send an Idempotency-Key to make a repetition safe: it gets the first answer, and money moves once.";

    @Inject
    private Platform platform;

    @Inject
    private Accounts accounts;

    @Inject
    private Transfers transfers;

    @Inject
    private Transactions transactions;

    @Inject
    private Invariants invariants;

    @Inject
    private LedgerPersonalData owners;

    public FinancialBusiness() {}

    /** Outside of a container: declares everything, and can't move money. */
    @SuppressWarnings("UnnecessaryAssignment") // For use without a container.
    FinancialBusiness(Platform platform) {
        this.platform = platform;
    }

    @Override
    public void start(PluginContext context) {
        platform.open(context);
    }

    @Override
    public List<EventType> events() {
        return List.of(FundsTransferred.TYPE, FundsDeposited.TYPE, TransferReversed.TYPE);
    }

    @Override
    public PersonalData personalData() {
        return new Held(owners);
    }

    /** The personal data of the ledger, each call in the transaction of its use case. */
    private record Held(LedgerPersonalData owners) implements PersonalData {

        @Override
        public Map<String, Long> count(Actor actor, Subject subject) {
            return owners.count(actor, subject);
        }

        @Override
        public void export(Actor actor, Subject subject, BiConsumer<String, Object> sink) {
            owners.export(actor, subject, sink);
        }

        @Override
        public Map<String, Long> erase(Actor actor, Subject subject, int most) {
            return Map.of();
        }

        @Override
        public Map<String, String> kept() {
            return LedgerPersonalData.kept();
        }
    }

    @Override
    public List<Endpoint<?>> endpoints() {
        return List.of(
                Endpoint.get("/account")
                        .summary("Account summary")
                        .action("account")
                        .tool()
                        .description("One account of the caller's with its balance: the oldest, or the one that"
                                + " account_id names.")
                        .query("account_id", UUID.class, "Another account of the caller's than the oldest.")
                        .answers(AccountSummary.class, Examples.SUMMARY)
                        .refuses(FinancialError.ACCOUNT_NOT_FOUND)
                        .handler(call -> accounts.summary(call.actor(), call.query("account_id", UUID.class))),
                Endpoint.get("/accounts")
                        .summary("The caller's accounts")
                        .action("accounts")
                        .tool()
                        .description("All accounts of the caller's, the oldest first.")
                        .answersList(AccountView.class, Examples.ACCOUNT)
                        .handler(call -> accounts.own(call.actor())),
                Endpoint.post("/transfer")
                        .body(TransferOrder.class, Examples.TRANSFER)
                        .summary("Transfer funds")
                        .action("transfer")
                        .tool()
                        .destructive()
                        .description("Moves money from an account of the caller's to any other customer's account of"
                                + " the organization; both are in the currency of the transfer. " + IN_CURRENCY + ONCE)
                        .answers(TransferReceipt.class, Examples.RECEIPT)
                        .refuses(
                                FinancialError.UNKNOWN_CURRENCY,
                                FinancialError.INVALID_AMOUNT,
                                FinancialError.SAME_ACCOUNT,
                                FinancialError.ACCOUNT_NOT_FOUND,
                                FinancialError.CURRENCY_MISMATCH,
                                FinancialError.ACCOUNT_CLOSED,
                                FinancialError.INSUFFICIENT_FUNDS)
                        .idempotent()
                        .rehearsed()
                        .handler(call -> transfers.transfer(call.actor(), call.body())),
                Endpoint.get("/transactions")
                        .summary("Transactions, the newest first")
                        .action("transactions")
                        .tool()
                        .description("The transactions that touch the caller's accounts, each with its entries. With"
                                + " account_id only those of that account, which is the caller's own or, for an"
                                + " administrator, any of the organization.")
                        .query("account_id", UUID.class, "Only transactions that touch this account.")
                        .answersPage(TransactionView.class, Examples.TRANSACTION)
                        .refuses(FinancialError.ACCOUNT_NOT_FOUND)
                        .handler(call ->
                                transactions.page(call.actor(), call.query("account_id", UUID.class), call.page())),
                Endpoint.get("/transactions/{id}")
                        .summary("A transaction with its entries")
                        .description("One transaction that touches an account of the caller's; for an administrator"
                                + " any of the organization.")
                        .path(
                                "id",
                                UUID.class,
                                "The transaction's id, as a transfer or deposit answered it.",
                                Examples.MOVED)
                        .answers(TransactionView.class, Examples.TRANSACTION)
                        .refuses(FinancialError.TRANSACTION_NOT_FOUND)
                        .handler(call -> transactions.find(call.actor(), call.path("id", UUID.class))),
                Endpoint.post("/transactions/{id}/reverse")
                        .summary("Reverse a transaction")
                        .action("reverse")
                        .tool()
                        .destructive()
                        .description("Undoes a transfer or a deposit by a new, opposite transaction. A transaction is"
                                + " reversed once, a reversal never; what the receiver has spent already can't be"
                                + " taken back. " + ONCE)
                        .path("id", UUID.class, "The id of the transfer or deposit to undo.", Examples.MOVED)
                        .answers(TransferReceipt.class, Examples.RECEIPT)
                        .role(Role.ADMIN)
                        .refuses(
                                FinancialError.TRANSACTION_NOT_FOUND,
                                FinancialError.REVERSAL_NOT_REVERSIBLE,
                                FinancialError.ALREADY_REVERSED,
                                FinancialError.ACCOUNT_CLOSED,
                                FinancialError.INSUFFICIENT_FUNDS)
                        .idempotent()
                        .rehearsed()
                        .handler(call -> transfers.reverse(call.actor(), call.path("id", UUID.class))),
                Endpoint.get("/admin/users")
                        .summary("Administrators")
                        .description("The users who administer the organization, by name.")
                        .answersList(Person.class, Examples.ADMINISTRATOR)
                        .role(Role.ADMIN)
                        .handler(call -> platform.directory().administrators(call.actor())),
                Endpoint.post("/admin/accounts")
                        .body(AccountOrder.class, Examples.OPENING)
                        .summary("Open an account")
                        .action("open_account")
                        .description("Opens an empty account for a user of the organization. A user may have several,"
                                + " also in one currency.")
                        .creates(AccountView.class, Examples.OPENED)
                        .role(Role.ADMIN)
                        .refuses(
                                FinancialError.UNKNOWN_CURRENCY,
                                FinancialError.OWNER_NOT_FOUND,
                                FinancialError.TOO_MANY_ACCOUNTS)
                        .idempotent()
                        .rehearsed()
                        .handler(call -> accounts.open(call.actor(), call.body())),
                Endpoint.post("/admin/deposit")
                        .body(DepositOrder.class, Examples.DEPOSIT)
                        .summary("Deposit the business's money")
                        .action("deposit")
                        .tool()
                        .destructive()
                        .description("Pays money into a customer's account from the business's equity account of that"
                                + " currency, which alone may be negative. " + IN_CURRENCY + ONCE)
                        .answers(TransferReceipt.class, Examples.RECEIPT)
                        .role(Role.ADMIN)
                        .refuses(
                                FinancialError.UNKNOWN_CURRENCY,
                                FinancialError.INVALID_AMOUNT,
                                FinancialError.ACCOUNT_NOT_FOUND,
                                FinancialError.CURRENCY_MISMATCH,
                                FinancialError.ACCOUNT_CLOSED)
                        .idempotent()
                        .rehearsed()
                        .handler(call -> transfers.deposit(call.actor(), call.body())),
                Endpoint.get("/admin/invariants")
                        .summary("Check the ledger")
                        .action("check_ledger")
                        .description("Checks now, from the rows themselves, what must always be true of the"
                                + " organization's ledger, and names the first counterexample of what is not.")
                        .answers(LedgerView.class, Examples.LEDGER)
                        .role(Role.ADMIN)
                        .limit(LimitClass.COSTLY)
                        .handler(call -> invariants.check(call.actor())));
    }

    /** Values for the API documentation. */
    private static final class Examples {
        static final UUID ALICE = UUID.fromString("018f9a3e-1c00-7a10-8b7e-6f3d2c1b0a01");
        static final UUID FROM = UUID.fromString("018f9a3e-2d00-7c21-9a4f-5e6d7c8b9a02");
        static final UUID TO = UUID.fromString("018f9a3e-3e00-7d32-8f5a-4d5c6b7a8903");
        static final UUID MOVED = UUID.fromString("018f9a3e-4f00-7e43-9e6b-3c4b5a697804");
        static final Instant THEN = Instant.parse("2026-01-31T09:30:00.125Z");
        static final BigDecimal AMOUNT = new BigDecimal("100.00");
        static final BigDecimal BALANCE = new BigDecimal("1000.00");

        static final AccountSummary SUMMARY = new AccountSummary(FROM, BALANCE, "USD");
        static final AccountView ACCOUNT = new AccountView(FROM, BALANCE, "USD", Account.OPEN);
        static final AccountView OPENED = new AccountView(FROM, BigDecimal.ZERO, "USD", Account.OPEN);
        static final AccountOrder OPENING = new AccountOrder(ALICE, "USD");
        static final DepositOrder DEPOSIT = new DepositOrder(FROM, BALANCE, "USD");
        static final TransferOrder TRANSFER = new TransferOrder(FROM, TO, AMOUNT, "USD");
        static final TransferReceipt RECEIPT = new TransferReceipt(true, MOVED);
        static final TransactionView TRANSACTION = new TransactionView(
                MOVED,
                Transaction.TRANSFER,
                AMOUNT,
                "USD",
                null,
                null,
                THEN,
                List.of(new EntryView(FROM, AMOUNT.negate()), new EntryView(TO, AMOUNT)));
        static final Person ADMINISTRATOR = new Person(ALICE, "Alice");
        static final LedgerView LEDGER = new LedgerView(
                true,
                THEN,
                List.of(new InvariantView("no_negative_balance", "No customer's account is below zero.", true, null)),
                List.of(new TotalView("USD", 3, BALANCE, BALANCE.negate())));
    }
}
