package io.thespace.sdk;

import java.math.BigDecimal;

/**
 * The spending limit of an agent per calendar month.
 *
 * @param currency an ISO 4217 code
 */
public record Budget(BigDecimal amount, String currency) {}
