package io.thespace.sdk;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * The usage in a bucket.
 *
 * @param startsAt when the bucket starts
 * @param sessions the number of sessions started
 * @param calls the number of messages with the outcome of a call of a model or a tool
 * @param errors the number of failed calls
 * @param errorRate their share of the calls, 0 to 1; null without calls
 * @param spend by currency
 */
public record Usage(
        Instant startsAt,
        long sessions,
        long messages,
        long calls,
        long errors,
        BigDecimal errorRate,
        long inputTokens,
        long outputTokens,
        List<Spend> spend) {}
