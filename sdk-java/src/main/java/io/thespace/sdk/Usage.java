package io.thespace.sdk;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * What was done in a stretch of time.
 *
 * @param startsAt when the bucket starts
 * @param sessions how many began
 * @param calls how many messages told what a call of a model or a tool came to
 * @param errors how many of the calls failed
 * @param errorRate their part of the calls, 0 to 1; null without calls
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
