package io.thespace.financial;

import io.thespace.plugin.api.Actor;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * Checks an organization's ledger from the rows themselves, without trust in what the database enforces. Each check is
 * one statement, and so sees the ledger at one moment, also while money moves.
 */
@Stateless
public class Invariants {

    @PersistenceContext(unitName = "financial_business")
    private EntityManager entities;

    public Invariants() {}

    /** Outside of a container. */
    Invariants(EntityManager entities) {
        this.entities = entities;
    }

    /** Checks now. The work grows with the number of entries. */
    public LedgerView check(Actor actor) {
        List<InvariantView> invariants = List.of(
                check(
                        actor,
                        "debits_equal_credits",
                        "The entries of each transaction, two or more, sum to zero and move its amount.",
                        """
                        select t.id as id, count(e.amount) as entries, coalesce(sum(e.amount), 0) as total
                        from Transaction t left join Entry e on e.id.transactionId = t.id
                        where t.orgId = :org
                        group by t.id, t.amount
                        having count(e.amount) < 2
                            or sum(e.amount) <> 0
                            or sum(case when e.amount > 0 then e.amount else 0 end) <> t.amount
                        order by t.id
                        """,
                        row -> "Transaction %s has %s entries that sum to %s."
                                .formatted(row.get("id"), row.get("entries"), row.get("total"))),
                check(
                        actor,
                        "no_negative_balance",
                        "No customer's account is below zero.",
                        """
                        select a.id as id, a.balance as balance, a.currency as currency
                        from Account a
                        where a.orgId = :org and a.kind = 'customer' and a.balance < 0
                        order by a.id
                        """,
                        row -> "Account %s has %s %s."
                                .formatted(row.get("id"), row.get("balance"), row.get("currency"))),
                check(
                        actor,
                        "balances_equal_entries",
                        "The balance of each account is the sum of its entries.",
                        """
                        select a.id as id, a.balance as balance, coalesce(s.total, 0) as total
                        from Account a
                        left join (
                            select e.accountId as accountId, sum(e.amount) as total
                            from Entry e where e.orgId = :org group by e.accountId
                        ) s on s.accountId = a.id
                        where a.orgId = :org and a.balance <> coalesce(s.total, 0)
                        order by a.id
                        """,
                        row -> "Account %s has a balance of %s; its entries sum to %s."
                                .formatted(row.get("id"), row.get("balance"), row.get("total"))),
                check(
                        actor,
                        "one_currency",
                        "Every account that a transaction touches is in the transaction's currency.",
                        """
                        select t.id as id, t.currency as currency, a.id as account, a.currency as other
                        from Entry e
                        join Transaction t on t.id = e.id.transactionId
                        join Account a on a.id = e.accountId
                        where e.orgId = :org and a.currency <> t.currency
                        order by t.id
                        """,
                        row -> "Transaction %s is in %s; account %s is in %s."
                                .formatted(row.get("id"), row.get("currency"), row.get("account"), row.get("other"))),
                check(
                        actor,
                        "keys_unique",
                        "No transaction is reversed twice, and no currency has two equity accounts.",
                        """
                        select 'Transaction' as what, cast(t.reverses as String) as key, count(*) as times
                        from Transaction t
                        where t.orgId = :org and t.reverses is not null
                        group by t.reverses
                        having count(*) > 1
                        union all
                        select 'Equity account' as what, a.currency as key, count(*) as times
                        from Account a
                        where a.orgId = :org and a.kind = 'equity'
                        group by a.currency
                        having count(*) > 1
                        """,
                        row -> "%s %s is there %s times."
                                .formatted(row.get("what"), row.get("key"), row.get("times"))));
        return new LedgerView(
                invariants.stream().allMatch(InvariantView::holds), Instant.now(), invariants, totals(actor));
    }

    /** @param violations a query of what breaks the invariant; its first row becomes the counterexample */
    private InvariantView check(
            Actor actor, String name, String description, String violations, Function<Tuple, String> sentence) {
        return entities
                .createQuery(violations, Tuple.class)
                .setParameter("org", actor.orgId())
                .setMaxResults(1)
                .getResultList()
                .stream()
                .findFirst()
                .map(row -> new InvariantView(name, description, false, sentence.apply(row)))
                .orElseGet(() -> new InvariantView(name, description, true, null));
    }

    private List<TotalView> totals(Actor actor) {
        return entities.createQuery(
                        """
                        select new io.thespace.financial.TotalView(
                            a.currency,
                            count(*),
                            sum(case when a.kind = 'customer' then a.balance else 0 end),
                            sum(case when a.kind = 'equity' then a.balance else 0 end))
                        from Account a
                        where a.orgId = :org
                        group by a.currency
                        order by a.currency
                        """,
                        TotalView.class)
                .setParameter("org", actor.orgId())
                .getResultList();
    }
}
