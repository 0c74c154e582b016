package io.thespace.financial;

import io.thespace.plugin.api.Actor;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;

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
                        select 'Transaction ' || str(t.id) || ' has ' || str(count(e.amount)) || ' entries that sum to '
                            || str(coalesce(sum(e.amount), 0)) || '.' as sentence
                        from Transaction t left join Entry e on e.id.transactionId = t.id
                        where t.orgId = :org
                        group by t.id, t.amount
                        having count(e.amount) < 2
                            or sum(e.amount) <> 0
                            or sum(case when e.amount > 0 then e.amount else 0 end) <> t.amount
                        """),
                check(
                        actor,
                        "no_negative_balance",
                        "No customer's account is below zero.",
                        """
                        select 'Account ' || str(a.id) || ' has ' || str(a.balance) || ' ' || a.currency || '.' as sentence
                        from Account a
                        where a.orgId = :org and a.kind = 'customer' and a.balance < 0
                        """),
                check(
                        actor,
                        "balances_equal_entries",
                        "The balance of each account is the sum of its entries.",
                        """
                        select 'Account ' || str(a.id) || ' has a balance of ' || str(a.balance)
                            || '; its entries sum to ' || str(coalesce(s.total, 0)) || '.' as sentence
                        from Account a
                        left join (
                            select e.accountId as accountId, sum(e.amount) as total
                            from Entry e where e.orgId = :org group by e.accountId
                        ) s on s.accountId = a.id
                        where a.orgId = :org and a.balance <> coalesce(s.total, 0)
                        """),
                check(
                        actor,
                        "one_currency",
                        "Every account that a transaction touches is in the transaction's currency.",
                        """
                        select 'Transaction ' || str(t.id) || ' is in ' || t.currency || '; account ' || str(a.id)
                            || ' is in ' || a.currency || '.' as sentence
                        from Entry e
                        join Transaction t on t.id = e.id.transactionId
                        join Account a on a.id = e.accountId
                        where e.orgId = :org and a.currency <> t.currency
                        """),
                check(
                        actor,
                        "reversed_at_most_once",
                        "No transaction is reversed twice.",
                        """
                        select 'Transaction ' || str(t.reverses) || ' is reversed ' || str(count(*)) || ' times.' as sentence
                        from Transaction t
                        where t.orgId = :org and t.reverses is not null
                        group by t.reverses
                        having count(*) > 1
                        """),
                check(
                        actor,
                        "one_equity_account",
                        "No currency has two equity accounts.",
                        """
                        select 'There are ' || str(count(*)) || ' equity accounts in ' || a.currency || '.' as sentence
                        from Account a
                        where a.orgId = :org and a.kind = 'equity'
                        group by a.currency
                        having count(*) > 1
                        """));
        return new LedgerView(
                invariants.stream().allMatch(InvariantView::holds), Instant.now(), invariants, totals(actor));
    }

    /** @param violations a query of one sentence for each thing that breaks the invariant */
    private InvariantView check(Actor actor, String name, String description, String violations) {
        // Materialized, because a bare limit would make PostgreSQL bet on finding a violation soon, by the slowest way.
        List<String> first = entities.createQuery(
                        "with violation as materialized (%s) select v.sentence from violation v order by v.sentence"
                                .formatted(violations),
                        String.class)
                .setParameter("org", actor.orgId())
                .setMaxResults(1)
                .getResultList();
        return new InvariantView(name, description, first.isEmpty(), first.isEmpty() ? null : first.get(0));
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
