package io.thespace.monitoring;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * A part of the platform.
 *
 * @param kind {@code core} or {@code plugin}
 * @param status {@code ok}, {@code degraded}, {@code failing} or {@code disabled}
 * @param reason why it is not ok; absent when it is
 * @param since when this node first saw it in this status without a break
 */
public record ServiceView(
        String name,
        String kind,
        String version,
        String status,
        @JsonInclude(JsonInclude.Include.NON_NULL) String reason,
        Instant since) {

    /** For the documentation. */
    public static final ServiceView EXAMPLE =
            new ServiceView("financial_business", "plugin", "1.0.0", "ok", null, Instant.parse("2026-01-31T12:00:00Z"));
}
