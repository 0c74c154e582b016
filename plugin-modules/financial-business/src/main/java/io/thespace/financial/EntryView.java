package io.thespace.financial;

import java.math.BigDecimal;
import java.util.UUID;

/**
 * What a transaction does to one account.
 *
 * @param amount in major units; negative for what the account gives
 */
public record EntryView(UUID accountId, BigDecimal amount) {}
