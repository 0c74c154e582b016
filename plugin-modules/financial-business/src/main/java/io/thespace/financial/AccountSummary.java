package io.thespace.financial;

import java.math.BigDecimal;
import java.util.UUID;

/**
 * The balance of an account.
 *
 * @param balance in major units, with the currency's decimals
 * @param currency an ISO 4217 code
 */
public record AccountSummary(UUID accountId, BigDecimal balance, String currency) {}
