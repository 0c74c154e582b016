package io.thespace.limit;

import io.thespace.configuration.Rate;

/**
 * The result of counting a call against one limit.
 *
 * @param policy the limit's name, for example {@code gateway-user}
 * @param rate the limit
 * @param allowed whether the call is within this limit; it may be made when it is within all
 * @param remaining the number of further calls allowed now
 * @param seconds the time until more are allowed, in seconds
 */
public record Allowance(String policy, Rate rate, boolean allowed, long remaining, int seconds) {}
