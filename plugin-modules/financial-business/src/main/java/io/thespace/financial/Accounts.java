package io.thespace.financial;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Opens customers' accounts and shows people their own. */
@Stateless
public class Accounts {

    /** The maximum of accounts of an owner, so that the list of them is bounded. */
    static final int MAX_PER_OWNER = 10_000;

    private static final String OWN =
            """
            select new io.thespace.financial.AccountView(a.id, a.balance, a.currency, a.status)
            from Account a
            where a.orgId = :org and a.ownerUserId = :owner
            """;

    @PersistenceContext(unitName = "financial_business")
    private EntityManager entities;

    @Inject
    private Platform platform;

    public Accounts() {}

    /** Outside of a container. */
    @SuppressWarnings("UnnecessaryAssignment") // For use without a container.
    Accounts(EntityManager entities, Platform platform) {
        this.entities = entities;
        this.platform = platform;
    }

    /**
     * Returns one of the actor's own accounts.
     *
     * @param accountId the account; empty for the oldest
     * @throws Rejection {@code ACCOUNT_NOT_FOUND}
     */
    public AccountSummary summary(Actor actor, Optional<UUID> accountId) {
        return accountId
                .map(id -> one(actor, id))
                .orElseGet(() -> oldest(actor))
                .map(AccountView::summary)
                .orElseThrow(() -> new Rejection(
                        FinancialError.ACCOUNT_NOT_FOUND,
                        accountId
                                .map("There is no account %s of yours."::formatted)
                                .orElse("You have no account. An administrator opens one for you.")));
    }

    private Optional<AccountView> one(Actor actor, UUID accountId) {
        return entities
                .createQuery(OWN + "and a.id = :id", AccountView.class)
                .setParameter("org", actor.orgId())
                .setParameter("owner", actor.userId())
                .setParameter("id", accountId)
                .getResultList()
                .stream()
                .findFirst();
    }

    private Optional<AccountView> oldest(Actor actor) {
        return list(actor, 1).stream().findFirst();
    }

    /** All of the actor's own accounts, the oldest first. */
    public List<AccountView> own(Actor actor) {
        return list(actor, MAX_PER_OWNER);
    }

    private List<AccountView> list(Actor actor, int most) {
        return entities.createQuery(OWN + "order by a.id", AccountView.class)
                .setParameter("org", actor.orgId())
                .setParameter("owner", actor.userId())
                .setMaxResults(most)
                .getResultList();
    }

    /**
     * Opens an empty account for a member of the actor's organization.
     *
     * @throws Rejection {@code UNKNOWN_CURRENCY}, {@code OWNER_NOT_FOUND} or {@code TOO_MANY_ACCOUNTS}
     */
    public AccountView open(Actor actor, AccountOrder order) {
        String currency = Money.currency(order.currency()).getCurrencyCode();
        UUID owner = order.ownerUserId();
        if (platform.directory().find(actor, owner).isEmpty()) {
            throw new Rejection(
                    FinancialError.OWNER_NOT_FOUND, "There is no user %s in your organization.".formatted(owner));
        }
        long before = entities.createQuery(
                        "select count(*) from Account a where a.orgId = :org and a.ownerUserId = :owner", Long.class)
                .setParameter("org", actor.orgId())
                .setParameter("owner", owner)
                .getSingleResult();
        if (before >= MAX_PER_OWNER) {
            throw new Rejection(
                    FinancialError.TOO_MANY_ACCOUNTS,
                    "User %s has %d accounts, which is the maximum.".formatted(owner, before));
        }
        Account account = new Account(UuidCreator.getTimeOrderedEpoch(), actor.orgId(), owner, currency);
        entities.persist(account);
        // Now and not at the commit, so that a rehearsal tries it too.
        entities.flush();
        return account.view();
    }
}
