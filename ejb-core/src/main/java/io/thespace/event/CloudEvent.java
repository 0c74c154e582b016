package io.thespace.event;

import com.fasterxml.jackson.annotation.JsonRawValue;
import jakarta.annotation.Nullable;
import java.time.Instant;
import java.util.UUID;

/**
 * An event in the JSON format of CloudEvents 1.0.
 *
 * @param specversion {@code 1.0}
 * @param source the publisher, for example {@code /plugins/financial_business}
 * @param subject the subject, for example a transaction's id
 * @param time when it was recorded
 * @param actorid the user whose call caused it; null when the platform itself did
 * @param requestid the request that caused it
 * @param synthetic whether a simulated user caused it
 * @param data conforms to the type, see {@code GET /api/system/event-types}; {@code {"erased": true}} when it contained
 *     data of a person who was erased
 */
public record CloudEvent(
        String specversion,
        UUID id,
        String source,
        String type,
        String subject,
        Instant time,
        String datacontenttype,
        @Nullable UUID actorid,
        String requestid,
        boolean synthetic,
        @JsonRawValue String data) {

    /** For the documentation. */
    public static final CloudEvent EXAMPLE = of(EventView.EXAMPLE);

    /** The same event in this format. */
    public static CloudEvent of(EventView event) {
        return new CloudEvent(
                "1.0",
                event.id(),
                event.source(),
                event.type(),
                event.subject(),
                event.time(),
                "application/json",
                event.actorId(),
                event.requestId(),
                event.synthetic(),
                event.data());
    }
}
