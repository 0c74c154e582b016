package io.thespace.financial;

import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.PersonalData.Subject;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;

/** What the ledger holds about somebody: whose account it is, and who moved money. It names them by their id only. */
@Stateless
public class LedgerPersonalData {

    private static final String ACCOUNT = "financial_business.account";
    private static final String ENTRY = "financial_business.entry";
    private static final String TRANSACTION = "financial_business.transaction";
    private static final int BATCH = 500;

    private static final String BOOKKEEPING =
            "Books are kept for as long as the law asks for them (GDPR article 17(3)(b)), and are only ever added to. They"
                    + " name a user by their id.";

    private static final Map<String, String> ABOUT = Map.of(
            ACCOUNT, " from financial_business.account where org_id = :org and owner_user_id = :user",
            ENTRY, " from financial_business.entry where org_id = :org and owner_user_id = :user",
            TRANSACTION, " from financial_business.transaction where org_id = :org and created_by = :user");

    @PersistenceContext(unitName = "financial_business")
    private EntityManager entities;

    public LedgerPersonalData() {}

    /** Outside of a container. */
    LedgerPersonalData(EntityManager entities) {
        this.entities = entities;
    }

    /** An entry of an account of the data subject in an export. */
    record EntryExport(UUID transactionId, UUID accountId, BigDecimal amount, Instant createdAt) {}

    /** A transaction that the data subject made in an export. */
    record TransactionExport(UUID transactionId, String kind, BigDecimal amount, String currency, Instant createdAt) {}

    /** How many rows of each table are about the subject. */
    public Map<String, Long> count(Actor actor, Subject subject) {
        Map<String, Long> counts = new LinkedHashMap<>();
        if (subject.userId() != null) {
            ABOUT.forEach((table, about) -> {
                long rows = ((Number) bind(entities.createNativeQuery("select count(*)" + about), actor, subject)
                                .getSingleResult())
                        .longValue();
                if (rows > 0) {
                    counts.put(table, rows);
                }
            });
        }
        return counts;
    }

    /** Hands over the accounts, their entries and the transactions, a batch after the other. */
    public void export(Actor actor, Subject subject, BiConsumer<String, Object> sink) {
        if (subject.userId() == null) {
            return;
        }
        entities.createQuery(
                        "select new io.thespace.financial.AccountView(a.id, a.balance, a.currency, a.status) from Account a"
                                + " where a.orgId = :org and a.ownerUserId = :user order by a.id",
                        AccountView.class)
                .setParameter("org", actor.orgId())
                .setParameter("user", subject.userId())
                .setMaxResults(Accounts.MAX_PER_OWNER)
                .getResultList()
                .forEach(account -> sink.accept(ACCOUNT, account));
        UUID transaction = new UUID(0, 0);
        int position = 0;
        List<?> rows;
        do {
            rows = bind(
                            entities.createNativeQuery(
                                    "select transaction_id, account_id, amount, created_at, position" + ABOUT.get(ENTRY)
                                            + " and (transaction_id, position) > (:transaction, :position)"
                                            + " order by transaction_id, position limit :batch"),
                            actor,
                            subject)
                    .setParameter("transaction", transaction)
                    .setParameter("position", position)
                    .setParameter("batch", BATCH)
                    .getResultList();
            for (Object row : rows) {
                Object[] c = (Object[]) row;
                transaction = (UUID) c[0];
                position = ((Number) c[4]).intValue();
                sink.accept(ENTRY, new EntryExport(transaction, (UUID) c[1], (BigDecimal) c[2], (Instant) c[3]));
            }
        } while (rows.size() == BATCH);
        UUID after = new UUID(0, 0);
        do {
            rows = bind(
                            entities.createNativeQuery("select id, kind, amount, currency, created_at"
                                    + ABOUT.get(TRANSACTION) + " and id > :after order by id limit :batch"),
                            actor,
                            subject)
                    .setParameter("after", after)
                    .setParameter("batch", BATCH)
                    .getResultList();
            for (Object row : rows) {
                Object[] c = (Object[]) row;
                after = (UUID) c[0];
                sink.accept(
                        TRANSACTION,
                        new TransactionExport(after, (String) c[1], (BigDecimal) c[2], (String) c[3], (Instant) c[4]));
            }
        } while (rows.size() == BATCH);
    }

    /** All of it stays, and why. */
    static Map<String, String> kept() {
        return Map.of(ACCOUNT, BOOKKEEPING, ENTRY, BOOKKEEPING, TRANSACTION, BOOKKEEPING);
    }

    private static Query bind(Query query, Actor actor, Subject subject) {
        return query.setParameter("org", actor.orgId()).setParameter("user", subject.userId());
    }
}
