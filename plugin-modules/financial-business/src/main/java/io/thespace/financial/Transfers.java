package io.thespace.financial;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Moves money. */
@Stateless
public class Transfers {

    @PersistenceContext(unitName = "financial_business")
    private EntityManager entities;

    @Inject
    private Platform platform;

    public Transfers() {}

    /** Outside of a container. */
    @SuppressWarnings("UnnecessaryAssignment") // For use without a container.
    Transfers(EntityManager entities, Platform platform) {
        this.entities = entities;
        this.platform = platform;
    }

    /** The effect of a transaction on one account: {@code amount} in major units, negative for a debit. */
    private record Movement(Account account, BigDecimal amount) {}

    /**
     * Moves money from one of the actor's own accounts to another customer's account of the organization.
     *
     * @throws Rejection {@code UNKNOWN_CURRENCY}, {@code INVALID_AMOUNT}, {@code SAME_ACCOUNT}, {@code
     *     ACCOUNT_NOT_FOUND}, {@code CURRENCY_MISMATCH}, {@code ACCOUNT_CLOSED} or {@code INSUFFICIENT_FUNDS}
     */
    public TransferReceipt transfer(Actor actor, TransferOrder order) {
        Money money = Money.of(order.amount(), order.currency());
        if (order.fromAccountId().equals(order.toAccountId())) {
            throw Rejection.of(
                    FinancialError.SAME_ACCOUNT, "to_account_id", "A transfer needs two different accounts.");
        }
        Map<UUID, Account> locked = lock(actor, Set.of(order.fromAccountId(), order.toAccountId()));
        Account from = locked.get(order.fromAccountId());
        if (from == null || !from.belongsTo(actor.userId())) {
            throw notFound("There is no account %s of yours.", order.fromAccountId());
        }
        Account to = locked.get(order.toAccountId());
        if (to == null || !to.isCustomers()) {
            throw notFound("There is no account %s.", order.toAccountId());
        }
        from.requireCurrency(money.currencyCode());
        to.requireCurrency(money.currencyCode());
        from.requireOpen();
        to.requireOpen();
        from.requireFunds(money.amount());

        Transaction transaction = Transaction.transfer(actor, money);
        write(transaction, pair(from, to, money));
        platform.events()
                .publish(
                        actor,
                        FundsTransferred.TYPE,
                        transaction.id().toString(),
                        new FundsTransferred(
                                transaction.id(), from.id(), to.id(), money.amount(), money.currencyCode()));
        return TransferReceipt.of(transaction);
    }

    /**
     * Pays money of the business, from its equity account of that currency, into a customer's account.
     *
     * @throws Rejection {@code UNKNOWN_CURRENCY}, {@code INVALID_AMOUNT}, {@code ACCOUNT_NOT_FOUND}, {@code
     *     CURRENCY_MISMATCH} or {@code ACCOUNT_CLOSED}
     */
    public TransferReceipt deposit(Actor actor, DepositOrder order) {
        Money money = Money.of(order.amount(), order.currency());
        requireCustomers(actor, order.accountId(), money.currencyCode());
        UUID equityId = equity(actor, money.currencyCode());
        Map<UUID, Account> locked = lock(actor, Set.of(equityId, order.accountId()));
        Account to = locked.get(order.accountId());
        to.requireOpen();

        Transaction transaction = Transaction.deposit(actor, money);
        write(transaction, pair(locked.get(equityId), to, money));
        platform.events()
                .publish(
                        actor,
                        FundsDeposited.TYPE,
                        transaction.id().toString(),
                        new FundsDeposited(transaction.id(), to.id(), money.amount(), money.currencyCode()));
        return TransferReceipt.of(transaction);
    }

    /**
     * Undoes a transfer or a deposit by its opposite, once.
     *
     * @throws Rejection {@code TRANSACTION_NOT_FOUND}, {@code REVERSAL_NOT_REVERSIBLE}, {@code ALREADY_REVERSED}, {@code
     *     ACCOUNT_CLOSED}, or {@code INSUFFICIENT_FUNDS} when the receiver has spent it
     */
    public TransferReceipt reverse(Actor actor, UUID transactionId) {
        Transaction original = entities
                .createQuery("select t from Transaction t where t.orgId = :org and t.id = :id", Transaction.class)
                .setParameter("org", actor.orgId())
                .setParameter("id", transactionId)
                .getResultList()
                .stream()
                .findFirst()
                .orElseThrow(() -> Transactions.notFound(transactionId));
        if (original.isReversal()) {
            throw new Rejection(
                    FinancialError.REVERSAL_NOT_REVERSIBLE,
                    "Transaction %s is itself a reversal.".formatted(transactionId));
        }
        List<Entry> undone = entities.createQuery(
                        """
                        select e from Entry e
                        where e.orgId = :org and e.id.transactionId = :id
                        order by e.id.position
                        """,
                        Entry.class)
                .setParameter("org", actor.orgId())
                .setParameter("id", transactionId)
                .getResultList();
        // Concurrent reversals lock the same accounts, so the existence of a reversal is checked after locking.
        Map<UUID, Account> locked =
                lock(actor, undone.stream().map(Entry::accountId).collect(Collectors.toSet()));
        entities
                .createQuery("select t.id from Transaction t where t.orgId = :org and t.reverses = :id", UUID.class)
                .setParameter("org", actor.orgId())
                .setParameter("id", transactionId)
                .getResultList()
                .stream()
                .findFirst()
                .ifPresent(reversal -> {
                    throw new Rejection(
                            FinancialError.ALREADY_REVERSED,
                            "Transaction %s was reversed by %s.".formatted(transactionId, reversal));
                });
        List<Movement> movements = undone.stream()
                .map(e -> new Movement(locked.get(e.accountId()), e.amount().negate()))
                .toList();
        movements.forEach(m -> m.account().requireOpen());
        movements.stream().filter(m -> m.amount().signum() < 0).forEach(m -> m.account()
                .requireFunds(m.amount().negate()));

        Transaction transaction = original.reversal(actor);
        write(transaction, movements);
        platform.events()
                .publish(
                        actor,
                        TransferReversed.TYPE,
                        transaction.id().toString(),
                        new TransferReversed(
                                transaction.id(), transactionId, transaction.amount(), transaction.currency()));
        return TransferReceipt.of(transaction);
    }

    /**
     * Reads two accounts and locks them until the transaction ends, in the order of their ids.
     *
     * @return those that exist in the actor's organization, by id
     */
    private Map<UUID, Account> lock(Actor actor, Collection<UUID> ids) {
        List<UUID> two = List.copyOf(ids);
        // Two parameters and not a list of them: Hibernate translates a query with a list anew each time.
        return entities
                .createQuery(
                        "select a from Account a where a.orgId = :org and a.id in (:one, :other) order by a.id",
                        Account.class)
                .setParameter("org", actor.orgId())
                .setParameter("one", two.get(0))
                .setParameter("other", two.get(1))
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList()
                .stream()
                .collect(Collectors.toMap(Account::id, Function.identity()));
    }

    private void write(Transaction transaction, List<Movement> movements) {
        entities.persist(transaction);
        for (int i = 0; i < movements.size(); i++) {
            Movement movement = movements.get(i);
            entities.persist(new Entry(transaction, i + 1, movement.account(), movement.amount()));
        }
        entities.flush();
        // The database has now changed the balances; another use case in the same transaction has to read them anew.
        movements.forEach(m -> entities.detach(m.account()));
    }

    private static List<Movement> pair(Account from, Account to, Money money) {
        return List.of(new Movement(from, money.amount().negate()), new Movement(to, money.amount()));
    }

    /** Reads no entity: one read before its lock would be out of date behind it. */
    private void requireCustomers(Actor actor, UUID accountId, String currencyCode) {
        String currency = entities
                .createQuery(
                        """
                        select a.currency from Account a
                        where a.orgId = :org and a.id = :id and a.kind = 'customer'
                        """,
                        String.class)
                .setParameter("org", actor.orgId())
                .setParameter("id", accountId)
                .getResultList()
                .stream()
                .findFirst()
                .orElseThrow(() -> notFound("There is no account %s.", accountId));
        if (!currency.equals(currencyCode)) {
            throw Account.mismatch(accountId, currency, currencyCode);
        }
    }

    /** The id of the business's own account of a currency, which is made when it is first needed. */
    private UUID equity(Actor actor, String currencyCode) {
        return findEquity(actor, currencyCode).orElseGet(() -> {
            // Of two first deposits at once the second waits here for the first, and then finds its account.
            entities.createNativeQuery(
                            """
                            insert into financial_business.account (id, org_id, kind, currency)
                            values (:id, :org, 'equity', :currency)
                            on conflict (org_id, currency) where kind = 'equity' do nothing
                            """)
                    .setParameter("id", UuidCreator.getTimeOrderedEpoch())
                    .setParameter("org", actor.orgId())
                    .setParameter("currency", currencyCode)
                    .executeUpdate();
            return findEquity(actor, currencyCode).orElseThrow();
        });
    }

    private Optional<UUID> findEquity(Actor actor, String currencyCode) {
        return entities
                .createQuery(
                        """
                        select a.id from Account a
                        where a.orgId = :org and a.kind = 'equity' and a.currency = :currency
                        """,
                        UUID.class)
                .setParameter("org", actor.orgId())
                .setParameter("currency", currencyCode)
                .getResultList()
                .stream()
                .findFirst();
    }

    private static Rejection notFound(String message, UUID accountId) {
        return new Rejection(FinancialError.ACCOUNT_NOT_FOUND, message.formatted(accountId));
    }
}
