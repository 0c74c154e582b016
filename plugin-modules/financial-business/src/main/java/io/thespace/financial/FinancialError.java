package io.thespace.financial;

import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Kind;

/** Error codes of the financial business, in the order of the checks. */
public enum FinancialError implements ErrorCode {
    UNKNOWN_CURRENCY(Kind.INVALID, "The currency is not an ISO 4217 code of a currency with minor units."),
    INVALID_AMOUNT(
            Kind.INVALID,
            "The amount is not above zero, is more than 10^15, or has more decimals than its currency has minor units."),
    SAME_ACCOUNT(Kind.INVALID, "The two accounts of a transfer are the same."),
    OWNER_NOT_FOUND(Kind.NOT_FOUND, "The owner is no member of the organization."),
    TOO_MANY_ACCOUNTS(Kind.CONFLICT, "The owner has the maximum number of accounts."),
    TRANSACTION_NOT_FOUND(
            Kind.NOT_FOUND, "The transaction does not exist in this organization, or the caller has no account in it."),
    REVERSAL_NOT_REVERSIBLE(Kind.CONFLICT, "The transaction is itself a reversal."),
    ALREADY_REVERSED(Kind.CONFLICT, "The transaction was reversed before."),
    ACCOUNT_NOT_FOUND(
            Kind.NOT_FOUND,
            "The account does not exist in this organization, or is not the caller's where it has to be."),
    CURRENCY_MISMATCH(Kind.INVALID, "An account is in another currency."),
    ACCOUNT_CLOSED(Kind.CONFLICT, "An account is closed."),
    INSUFFICIENT_FUNDS(Kind.INVALID, "The paying account holds less than the amount.");

    private final Kind kind;
    private final String summary;

    FinancialError(Kind kind, String summary) {
        this.kind = kind;
        this.summary = summary;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public String summary() {
        return summary;
    }
}
