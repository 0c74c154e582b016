package io.thespace.event;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.UUID;

/**
 * An event, with the attributes of CloudEvents 1.0.
 *
 * @param source the publisher, for example {@code /plugins/financial_business}
 * @param subject the subject, for example a transaction's id
 * @param time when it was recorded
 * @param actorId the user whose call caused it; null when the platform itself did
 * @param requestId the request that caused it
 * @param synthetic whether a simulated user caused it
 * @param data conforms to its type
 */
public record EventView(
        UUID id,
        String source,
        String type,
        String subject,
        Instant time,
        UUID actorId,
        String requestId,
        boolean synthetic,
        @JsonRawValue String data) {

    /** For the documentation. */
    public static final EventView EXAMPLE = new EventView(
            UUID.fromString("019a0000-0000-7000-8000-000000000010"),
            "/plugins/financial_business",
            "funds_transferred",
            "019a0000-0000-7000-8000-000000000020",
            Instant.parse("2026-01-31T12:00:00Z"),
            UUID.fromString("019a0000-0000-7000-8000-000000000002"),
            "019a0000-0000-7000-8000-000000000030",
            false,
            "{\"amount\":100.00,\"currency\":\"USD\"}");
}
