package io.thespace.limit;

import io.thespace.configuration.Rate;

/**
 * What came of counting a call against one limit.
 *
 * @param policy the limit's name, for example {@code gateway-user}
 * @param rate the limit
 * @param allowed whether there was room; the call may be made when all its limits have some
 * @param remaining how many more may be made now
 * @param seconds in how many there are more
 */
public record Allowance(String policy, Rate rate, boolean allowed, long remaining, int seconds) {}
