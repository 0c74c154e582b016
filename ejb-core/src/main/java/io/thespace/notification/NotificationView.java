package io.thespace.notification;

import com.fasterxml.jackson.annotation.JsonRawValue;
import jakarta.annotation.Nullable;
import java.time.Instant;
import java.util.UUID;

/**
 * A notification: an event that concerns a user.
 *
 * @param notificationId the event's id
 * @param type of the event, for example {@code funds_transferred}
 * @param source the publisher, for example {@code /plugins/financial_business}
 * @param subject its subject
 * @param own whether the user caused it
 * @param readAt null while it is unread
 * @param data conforms to the event's type
 */
public record NotificationView(
        UUID notificationId,
        String type,
        String source,
        String subject,
        Instant time,
        boolean own,
        @Nullable Instant readAt,
        @JsonRawValue String data) {

    /** For the documentation. */
    public static final NotificationView EXAMPLE = new NotificationView(
            UUID.fromString("019a0000-0000-7000-8000-000000000080"),
            "funds_transferred",
            "/plugins/financial_business",
            "019a0000-0000-7000-8000-000000000010",
            Instant.parse("2026-01-31T12:00:00Z"),
            false,
            null,
            "{\"amount\": 100.00, \"currency\": \"USD\"}");
}
