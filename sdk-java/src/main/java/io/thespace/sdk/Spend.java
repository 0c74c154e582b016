package io.thespace.sdk;

import java.math.BigDecimal;

/**
 * The cost of calls in one currency.
 *
 * @param currency an ISO 4217 code
 */
public record Spend(BigDecimal amount, String currency) {}
