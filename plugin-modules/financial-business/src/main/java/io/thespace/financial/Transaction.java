package io.thespace.financial;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.plugin.api.Actor;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/** A movement of money, immutable; its {@link Entry entries} name the accounts. */
@Entity
@Table(name = "transaction")
class Transaction {

    static final String TRANSFER = "transfer";
    static final String DEPOSIT = "deposit";
    static final String REVERSAL = "reversal";

    /** A UUIDv7, so the order of ids is the order of time. */
    @Id
    private UUID id;

    @Column(name = "org_id", updatable = false)
    private UUID orgId;

    @Column(updatable = false)
    private String kind;

    /** In major units, above zero. */
    @Column(updatable = false)
    private BigDecimal amount;

    @Column(updatable = false)
    private String currency;

    /** The transaction that this undoes; null unless it is a reversal. */
    @Column(updatable = false)
    private UUID reverses;

    @Column(name = "created_at", insertable = false, updatable = false)
    private Instant createdAt;

    @Column(name = "created_by", updatable = false)
    private UUID createdBy;

    @Column(name = "request_id", updatable = false)
    private String requestId;

    protected Transaction() {}

    private Transaction(Actor actor, String kind, BigDecimal amount, String currency, UUID reverses) {
        this.id = UuidCreator.getTimeOrderedEpoch();
        this.orgId = actor.orgId();
        this.kind = kind;
        this.amount = amount;
        this.currency = currency;
        this.reverses = reverses;
        this.createdBy = actor.userId();
        this.requestId = actor.requestId();
    }

    static Transaction transfer(Actor actor, Money money) {
        return new Transaction(actor, TRANSFER, money.amount(), money.currencyCode(), null);
    }

    static Transaction deposit(Actor actor, Money money) {
        return new Transaction(actor, DEPOSIT, money.amount(), money.currencyCode(), null);
    }

    /** The opposite of this transaction. */
    Transaction reversal(Actor actor) {
        return new Transaction(actor, REVERSAL, amount, currency, id);
    }

    boolean isReversal() {
        return kind.equals(REVERSAL);
    }

    UUID id() {
        return id;
    }

    UUID orgId() {
        return orgId;
    }

    BigDecimal amount() {
        return amount;
    }

    String currency() {
        return currency;
    }
}
