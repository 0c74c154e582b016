package io.thespace.financial;

import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.util.UUID;

/** The effect of one transaction on one account; immutable. */
@Entity
@Table(name = "entry")
class Entry {

    @EmbeddedId
    @SuppressWarnings("UnusedVariable") // queries read it
    private EntryId id;

    @Column(name = "account_id", updatable = false)
    private UUID accountId;

    @Column(name = "org_id", updatable = false)
    private UUID orgId;

    /** The account's owner, so that a person's transactions are one range of one index. */
    @Column(name = "owner_user_id", updatable = false)
    private UUID ownerUserId;

    /** In major units of the transaction's currency; negative for what the account gives. */
    @Column(updatable = false)
    private BigDecimal amount;

    protected Entry() {}

    Entry(Transaction transaction, int position, Account account, BigDecimal amount) {
        this.id = new EntryId(transaction.id(), position);
        this.accountId = account.id();
        this.orgId = transaction.orgId();
        this.ownerUserId = account.ownerUserId();
        this.amount = amount;
    }

    UUID accountId() {
        return accountId;
    }

    BigDecimal amount() {
        return amount;
    }
}
