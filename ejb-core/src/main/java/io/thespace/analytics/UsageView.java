package io.thespace.analytics;

import jakarta.annotation.Nullable;
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
public record UsageView(
        Instant startsAt,
        long sessions,
        long messages,
        long calls,
        long errors,
        @Nullable BigDecimal errorRate,
        long inputTokens,
        long outputTokens,
        List<SpendView> spend) {

    /** For the documentation. */
    public static final UsageView EXAMPLE = new UsageView(
            Instant.parse("2026-01-31T12:00:00Z"),
            41,
            320,
            160,
            2,
            new BigDecimal("0.0125"),
            130_211,
            10_240,
            List.of(SpendView.EXAMPLE));
}
