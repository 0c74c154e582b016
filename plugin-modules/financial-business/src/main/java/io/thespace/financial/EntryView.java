package io.thespace.financial;

import java.math.BigDecimal;
import java.util.UUID;

/**
 * The effect of a transaction on one account.
 *
 * @param amount in major units; negative for a debit of the account
 */
public record EntryView(UUID accountId, BigDecimal amount) {}
