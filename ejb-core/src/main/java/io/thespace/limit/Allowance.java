package io.thespace.limit;

import io.thespace.configuration.Rate;

/**
 * What came of counting a call.
 *
 * @param policy the limit's name, for example {@code gateway-user}
 * @param rate the limit
 * @param allowed whether the call may be made
 * @param remaining how many more may be made now
 * @param seconds in how many there are more
 */
public record Allowance(String policy, Rate rate, boolean allowed, int remaining, int seconds) {}
