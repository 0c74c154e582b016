package io.thespace.financial;

import io.thespace.plugin.api.Rejection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.util.UUID;

/** An account; {@code kind} is {@code customer} or {@code equity}, {@code status} is {@code open} or {@code closed}. */
@Entity
@Table(name = "account")
class Account {

    static final String CUSTOMER = "customer";
    static final String OPEN = "open";

    @Id
    private UUID id;

    @Column(name = "org_id", updatable = false)
    private UUID orgId;

    @Column(name = "owner_user_id", updatable = false)
    private UUID ownerUserId;

    @Column(updatable = false)
    private String kind;

    @Column(updatable = false)
    private String currency;

    /** In major units. Changed by the database alone, as entries come. */
    @Column(insertable = false, updatable = false)
    private BigDecimal balance = BigDecimal.ZERO;

    private String status;

    @Version
    private long version;

    protected Account() {}

    /** Opens a customer's account. */
    Account(UUID id, UUID orgId, UUID ownerUserId, String currency) {
        this.id = id;
        this.orgId = orgId;
        this.ownerUserId = ownerUserId;
        this.kind = CUSTOMER;
        this.currency = currency;
        this.status = OPEN;
    }

    UUID id() {
        return id;
    }

    UUID ownerUserId() {
        return ownerUserId;
    }

    boolean isCustomers() {
        return kind.equals(CUSTOMER);
    }

    /** Whether the account belongs to a user; equity accounts have no owner. */
    boolean belongsTo(UUID userId) {
        return ownerUserId != null && ownerUserId.equals(userId);
    }

    /** Refuses with {@code CURRENCY_MISMATCH} unless the account is in this currency. */
    void requireCurrency(String wanted) {
        if (!currency.equals(wanted)) {
            throw mismatch(id, currency, wanted);
        }
    }

    static Rejection mismatch(UUID id, String currency, String wanted) {
        return Rejection.of(
                FinancialError.CURRENCY_MISMATCH,
                "currency",
                "Account %s is in %s, not in %s.".formatted(id, currency, wanted));
    }

    /** Refuses with {@code ACCOUNT_CLOSED}. */
    void requireOpen() {
        if (!status.equals(OPEN)) {
            throw new Rejection(FinancialError.ACCOUNT_CLOSED, "Account %s is closed.".formatted(id));
        }
    }

    /**
     * Refuses with {@code INSUFFICIENT_FUNDS} unless the account, locked by the caller, can give this.
     *
     * @param amount in major units, above zero
     */
    void requireFunds(BigDecimal amount) {
        if (isCustomers() && balance.compareTo(amount) < 0) {
            throw new Rejection(
                    FinancialError.INSUFFICIENT_FUNDS,
                    "Account %s has %s %s; %s %s is needed."
                            .formatted(
                                    id,
                                    Money.shown(balance, currency).toPlainString(),
                                    currency,
                                    Money.shown(amount, currency).toPlainString(),
                                    currency));
        }
    }

    AccountView view() {
        return new AccountView(id, balance, currency, status);
    }
}
