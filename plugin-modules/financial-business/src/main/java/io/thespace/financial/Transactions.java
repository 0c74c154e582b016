package io.thespace.financial;

import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Shows what was moved, to those whose accounts it touched, and to administrators. */
@Stateless
public class Transactions {

    /** Behind every id, as PostgreSQL orders them. */
    private static final UUID LAST = new UUID(-1L, -1L);

    @PersistenceContext(unitName = "financial_business")
    private EntityManager entities;

    public Transactions() {}

    /** Outside of a container. */
    Transactions(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * Transactions, the newest first: those that touch the actor's accounts, or those that touch one account.
     *
     * @param accountId one of the actor's own accounts, or for an administrator any of the organization
     * @throws Rejection {@code ACCOUNT_NOT_FOUND}
     */
    public Page<TransactionView> page(Actor actor, Optional<UUID> accountId, PageRequest page) {
        accountId.ifPresent(id -> requireVisible(actor, id));
        // Two entries may be of one transaction, where money moved between accounts of the same owner.
        TypedQuery<UUID> query = entities.createQuery(
                """
                select distinct e.id.transactionId from Entry e
                where e.orgId = :org and %s = :whose and e.id.transactionId < :before
                order by e.id.transactionId desc
                """
                        .formatted(accountId.isPresent() ? "e.accountId" : "e.ownerUserId"),
                UUID.class);
        List<UUID> ids = query.setParameter("org", actor.orgId())
                .setParameter("whose", accountId.orElse(actor.userId()))
                .setParameter("before", page.after().map(UUID::fromString).orElse(LAST))
                .setMaxResults(page.limit() + 1)
                .getResultList();
        Page<UUID> keys = Page.of(ids, page.limit(), UUID::toString);
        return new Page<>(read(actor, keys.items()), keys.nextKey());
    }

    /**
     * Returns a transaction that affects an account of the actor, or for an administrator any of the organization.
     *
     * @throws Rejection {@code TRANSACTION_NOT_FOUND}
     */
    public TransactionView find(Actor actor, UUID transactionId) {
        if (!administers(actor)) {
            long own = entities.createQuery(
                            """
                            select count(*) from Entry e
                            where e.orgId = :org and e.id.transactionId = :id and e.ownerUserId = :owner
                            """,
                            Long.class)
                    .setParameter("org", actor.orgId())
                    .setParameter("id", transactionId)
                    .setParameter("owner", actor.userId())
                    .getSingleResult();
            if (own == 0) {
                throw notFound(transactionId);
            }
        }
        return read(actor, List.of(transactionId)).stream().findFirst().orElseThrow(() -> notFound(transactionId));
    }

    static Rejection notFound(UUID transactionId) {
        return new Rejection(
                FinancialError.TRANSACTION_NOT_FOUND, "There is no transaction %s.".formatted(transactionId));
    }

    private void requireVisible(Actor actor, UUID accountId) {
        List<UUID> owners = entities.createQuery(
                        "select a.ownerUserId from Account a where a.orgId = :org and a.id = :id", UUID.class)
                .setParameter("org", actor.orgId())
                .setParameter("id", accountId)
                .getResultList();
        boolean visible = administers(actor) ? !owners.isEmpty() : owners.contains(actor.userId());
        if (!visible) {
            throw new Rejection(
                    FinancialError.ACCOUNT_NOT_FOUND, "There is no account %s of yours.".formatted(accountId));
        }
    }

    private static boolean administers(Actor actor) {
        return actor.role().covers(Role.ADMIN);
    }

    /** An entry beside what it belongs to. */
    record Line(
            UUID transactionId,
            String kind,
            BigDecimal amount,
            String currency,
            UUID reverses,
            UUID reversedBy,
            Instant createdAt,
            UUID accountId,
            BigDecimal entryAmount) {

        TransactionView view(List<Line> all) {
            return new TransactionView(
                    transactionId,
                    kind,
                    Money.shown(amount, currency),
                    currency,
                    reverses,
                    reversedBy,
                    createdAt,
                    all.stream()
                            .map(line -> new EntryView(line.accountId, Money.shown(line.entryAmount, currency)))
                            .toList());
        }
    }

    private List<TransactionView> read(Actor actor, List<UUID> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<UUID, List<Line>> lines = new LinkedHashMap<>();
        entities
                .createQuery(
                        """
                        select new io.thespace.financial.Transactions$Line(
                            t.id, t.kind, t.amount, t.currency, t.reverses, r.id, t.createdAt, e.accountId, e.amount)
                        from Transaction t
                        join Entry e on e.id.transactionId = t.id
                        left join Transaction r on r.reverses = t.id
                        where t.orgId = :org and t.id in (:ids)
                        order by t.id desc, e.id.position
                        """,
                        Line.class)
                .setParameter("org", actor.orgId())
                .setParameter("ids", ids)
                .getResultList()
                .stream()
                .forEach(line -> lines.computeIfAbsent(line.transactionId(), id -> new ArrayList<>())
                        .add(line));
        return lines.values().stream().map(all -> all.get(0).view(all)).toList();
    }
}
