package io.thespace.sdk;

import java.math.BigDecimal;

/**
 * What an agent may spend in a calendar month.
 *
 * @param currency its three letters (ISO 4217)
 */
public record Budget(BigDecimal amount, String currency) {}
